import type { Actor, ConnectionId, TenantId } from '#domain';
import type { RecordingRepository } from '#db';
import { checkTargetUrl, type SecretBox, type TargetPolicy } from '#platform';
import { invalidRequest, type FieldError } from '../http/validation.pipe.js';
import type { RecordingAccessDto, RecordingAccessPutDto } from './recording-access.dto.js';
import { openAccess, sealAccess, type Credentials, type RecordingAccess } from './recording-access.js';
import { filledIn } from './vendor-request.js';

export interface RecordingAccessDeskParts {
  recordings: Pick<RecordingRepository, 'access' | 'setAccess'>;
  box: Pick<SecretBox, 'seal' | 'open'>;
  targets: TargetPolicy;
}

/** How recordings of a connection are fetched: set whole, shown without its secrets. */
export class RecordingAccessDesk {
  constructor(private readonly parts: RecordingAccessDeskParts) {}

  async get(tenant: TenantId, connection: ConnectionId): Promise<RecordingAccessDto> {
    const { sealed } = await this.parts.recordings.access(tenant, connection);
    return accessView(openAccess(this.parts.box, connection, sealed));
  }

  /** @throws AppError `request.invalid` when a member is missing that the kind needs, or one is there that it does not know */
  async put(
    tenant: TenantId,
    connection: ConnectionId,
    wish: RecordingAccessPutDto,
    by: Actor,
  ): Promise<RecordingAccessDto> {
    const access = this.accessOf(wish);
    const { recordings, box } = this.parts;
    const before = accessView(
      openAccess(box, connection, (await recordings.access(tenant, connection)).sealed),
    );
    const after = accessView(access);
    const changes = { access: { from: before, to: after } };
    const sealed = sealAccess(box, connection, access);
    const byName = access.template !== null;
    await recordings.setAccess(tenant, connection, { sealed, byName, changes }, by);
    return after;
  }

  private accessOf(wish: RecordingAccessPutDto): RecordingAccess {
    const { hosts = [], template = null, encoding = 'plain' } = wish;
    const { credentials, errors } = readCredentials(wish);
    if (credentials.kind !== 'none' && hosts.length === 0) {
      errors.push({ field: 'hosts', message: 'hosts must say who may be shown the credentials' });
    }
    if (credentials.kind === 'header' && OURS.has(credentials.name.toLowerCase())) {
      errors.push({ field: 'name', message: 'name is that of a header which is set here' });
    }
    if (template !== null) errors.push(...this.templateErrors(template));
    if (errors.length > 0) throw invalidRequest(errors);
    return { credentials, hosts, template, encoding };
  }

  /** Tried with values as they could be. */
  private templateErrors(template: string): FieldError[] {
    const sample = (value: string) =>
      checkTargetUrl(
        filledIn(template, { record: value, callid: value, domain: 'pbx.example' }),
        this.parts.targets,
      );
    const [one, other] = [sample('x'), sample('y')];
    if (!one.ok) return [{ field: 'template', message: `template makes no address: ${one.reason}` }];
    if (other.ok && other.url.host === one.url.host) return [];
    return [{ field: 'template', message: 'template must not have {record} or {callid} in its host' }];
  }
}

/** Headers that say what is asked and how; a connection's own would break the request. */
const OURS = new Set(
  'host connection content-length transfer-encoding accept accept-encoding range if-range te upgrade'.split(
    ' ',
  ),
);

/** The members that each kind needs; all others must be left out. */
const MEMBERS = {
  none: [],
  basic: ['user', 'password'],
  header: ['name', 'value'],
  query: ['name', 'value'],
} as const satisfies Record<Credentials['kind'], readonly (keyof RecordingAccessPutDto)[]>;

function readCredentials(wish: RecordingAccessPutDto): { credentials: Credentials; errors: FieldError[] } {
  const { kind, user = '', password = '', name = '', value = '' } = wish;
  const needed: readonly string[] = MEMBERS[kind];
  const errors = (['user', 'password', 'name', 'value'] as const).flatMap((field): FieldError[] => {
    if (needed.includes(field) === (wish[field] !== undefined)) return [];
    const what = needed.includes(field) ? 'is needed' : 'must be left out';
    return [{ field, message: `${field} ${what} for the kind ${kind}` }];
  });
  if (kind === 'none') return { credentials: { kind }, errors };
  const credentials = kind === 'basic' ? { kind, user, password } : { kind, name, value };
  return { credentials, errors };
}

function accessView({ credentials, hosts, template, encoding }: RecordingAccess): RecordingAccessDto {
  return {
    kind: credentials.kind,
    user: credentials.kind === 'basic' ? credentials.user : null,
    name: credentials.kind === 'header' || credentials.kind === 'query' ? credentials.name : null,
    hosts,
    template,
    encoding,
  };
}
