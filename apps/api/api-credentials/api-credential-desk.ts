import {
  AppError,
  id,
  type Actor,
  type AgentId,
  type ApiCredentialId,
  type ConnectionId,
  type Instant,
  type TenantId,
} from '#domain';
import type { AgentRepository, ApiCredentialFields, ApiCredentialRecord, ApiCredentialRepository } from '#db';
import { credentialText, newId, type Clock, type KeyedHash, type ShownCredential } from '#platform';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { readTime, timeText, timeTextOrNull } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import {
  CREDENTIAL_DEFAULTS,
  type ApiCredentialDto,
  type ApiCredentialOnceDto,
  type ApiCredentialPageDto,
  type ApiCredentialPatchDto,
  type ApiCredentialQueryDto,
  type NewApiCredentialDto,
} from './api-credential.dto.js';
import { credentialFaults } from './credential-faults.js';
import { KINDS_OF, makeSecret, openPartOf, readBrought } from './make-secret.js';

export interface ApiCredentialDeskParts {
  credentials: Pick<ApiCredentialRepository, 'create' | 'list' | 'get' | 'patch' | 'revoke' | 'byHash'>;
  agents: Pick<AgentRepository, 'get'>;
  hash: Pick<KeyedHash, 'allOf'>;
  clock: Pick<Clock, 'now'>;
}

/** What software that was written for a vendor's request API shows us. Secrets are shown once, and kept as a keyed hash. */
export class ApiCredentialDesk {
  constructor(private readonly parts: ApiCredentialDeskParts) {}

  /** @throws AppError `api_credential.taken`, `resource.not_found` for the connection, `request.invalid` */
  async create(tenant: TenantId, draft: NewApiCredentialDto, by: Actor): Promise<ApiCredentialOnceDto> {
    const secret = secretFor(draft);
    const fields = fieldsOf(draft);
    await this.check(tenant, fields);
    const [hash, ...older] = this.parts.hash.allOf(credentialText(secret));
    if (hash === undefined) throw new Error('There is no key to hash with.');
    const { facade } = draft;
    // Under the current key the database itself sees to it.
    if (older.length > 0 && (await this.parts.credentials.byHash(facade, older))) throw taken();
    const fresh = { ...fields, connectionId: id<ConnectionId>(draft.connectionId), facade, hash };
    const record = await this.parts.credentials.create(
      tenant,
      newId<ApiCredentialId>(),
      { ...fresh, shown: openPartOf(secret) },
      by,
    );
    return { ...credentialView(record), secret: secretView(secret) };
  }

  async list(tenant: TenantId, query: ApiCredentialQueryDto): Promise<ApiCredentialPageDto> {
    const { connectionId } = query;
    const filter = connectionId === undefined ? {} : { connectionId: id<ConnectionId>(connectionId) };
    return pageAnswer(await this.parts.credentials.list(tenant, filter, pageAsk(query)), credentialView);
  }

  async get(tenant: TenantId, credentialId: ApiCredentialId): Promise<ApiCredentialDto> {
    return credentialView(found(await this.parts.credentials.get(tenant, credentialId), 'API credential'));
  }

  async patch(
    tenant: TenantId,
    credentialId: ApiCredentialId,
    patch: ApiCredentialPatchDto,
    by: Actor,
  ): Promise<ApiCredentialDto> {
    const { credentials } = this.parts;
    const before = found(await credentials.get(tenant, credentialId), 'API credential');
    const { agentId, expiresAt } = patch;
    const fields = {
      ...patch,
      ...(patch.rights && { rights: [...new Set(patch.rights)] }),
      agentId: agentId === undefined || agentId === null ? agentId : id<AgentId>(agentId),
      expiresAt: expiresAt === null ? null : readTime(expiresAt),
    };
    const after = { ...before };
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) Object.assign(after, { [name]: value });
    }
    // One that has expired may still be renamed.
    await this.check(tenant, { ...after, expiresAt: fields.expiresAt ?? null });
    return credentialView(await credentials.patch(tenant, credentialId, fields, by));
  }

  async revoke(tenant: TenantId, credentialId: ApiCredentialId, by: Actor): Promise<void> {
    await this.parts.credentials.revoke(tenant, credentialId, by);
  }

  private async check(tenant: TenantId, fields: Parameters<typeof credentialFaults>[0]): Promise<void> {
    const errors = credentialFaults(fields, this.parts.clock.now());
    const { agentId } = fields;
    if (agentId !== null && !(await this.parts.agents.get(tenant, agentId))) {
      errors.push({ field: 'agentId', message: 'agentId must be the id of an agent' });
    }
    if (errors.length > 0) throw invalidRequest(errors);
  }
}

function taken(): AppError {
  const message = 'This secret is in use already, or was once. Bring another one, or have one made.';
  return new AppError('conflict', 'api_credential.taken', message);
}

function secretFor({ facade, kind = KINDS_OF[facade][0], bring }: NewApiCredentialDto): ShownCredential {
  const kinds = KINDS_OF[facade];
  if (!kinds.includes(kind)) {
    throw invalidRequest([
      { field: 'kind', message: `kind must be one of ${kinds.join(', ')} for ${facade}` },
    ]);
  }
  if (bring === undefined) return makeSecret(kind);
  const brought = readBrought(kind, bring);
  if (!brought.ok) throw invalidRequest(brought.errors);
  return brought.secret;
}

function fieldsOf(draft: NewApiCredentialDto): ApiCredentialFields {
  const { name, rights, scope = CREDENTIAL_DEFAULTS.scope, agentId = null, department = null } = draft;
  const { allowFrom = [], origins = [], perMinute = CREDENTIAL_DEFAULTS.perMinute, settings = {} } = draft;
  const expiresAt: Instant | null = readTime(draft.expiresAt ?? undefined) ?? null;
  return {
    ...{
      name,
      rights: [...new Set(rights)],
      scope,
      department,
      allowFrom,
      origins,
      perMinute,
      settings,
      expiresAt,
    },
    agentId: agentId === null ? null : id<AgentId>(agentId),
  };
}

function secretView(secret: ShownCredential): ApiCredentialOnceDto['secret'] {
  const none = {
    code: null,
    user: null,
    password: null,
    organisation: null,
    clientId: null,
    clientSecret: null,
  };
  switch (secret.kind) {
    case 'code':
      return { ...none, code: secret.code };
    case 'login':
      return { ...none, user: secret.user, password: secret.password, organisation: secret.organisation };
    case 'client':
      return { ...none, clientId: secret.id, clientSecret: secret.secret };
  }
}

function credentialView(record: ApiCredentialRecord): ApiCredentialDto {
  const { id: credentialId, connectionId, name, facade, shown, rights, scope, agentId, department } = record;
  const { allowFrom, origins, perMinute, settings } = record;
  return {
    id: credentialId,
    ...{ connectionId, name, facade, shown, rights, scope, agentId, department },
    ...{ allowFrom, origins, perMinute, settings },
    expiresAt: timeTextOrNull(record.expiresAt),
    createdAt: timeText(record.createdAt),
    updatedAt: timeText(record.updatedAt),
    revokedAt: timeTextOrNull(record.revokedAt),
    lastUsedAt: timeTextOrNull(record.lastUsedAt),
  };
}
