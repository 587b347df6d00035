import { id, notFound, type ApiKeyId, type Instant, type TenantId, type Actor } from '#domain';
import { newId, type Clock } from '#platform';
import type { ApiKey as Row } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { made, writeAudit } from './audit-trail.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf, instantOf, instantOrNull } from './times.js';
import { runFor, tenantColumn, type Whose } from './whose.js';

/** A key as it may be shown: its hash stays in the database, the key itself is nowhere. */
export interface ApiKeyRecord {
  id: ApiKeyId;
  /** Null for an operator's key. */
  tenantId: TenantId | null;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Instant;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
  lastUsedAt: Instant | null;
}

export interface NewApiKey {
  name: string;
  /** SHA-256 of the key. */
  hash: Uint8Array;
  /** First characters of the key, to tell keys apart by. */
  prefix: string;
  scopes: readonly string[];
  expiresAt: Instant | null;
}

const SHOWN = {
  id: true,
  tenantId: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  revokedAt: true,
  lastUsedAt: true,
} as const;

/** API keys of tenants and of the operator. */
export class ApiKeyRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  create(whose: Whose, draft: NewApiKey, by: Actor): Promise<ApiKeyRecord> {
    const at = this.clock.now();
    const keyId = newId<ApiKeyId>();
    return runFor(this.scope, whose, async (tx) => {
      const row = await tx.apiKey.create({
        select: SHOWN,
        data: {
          id: keyId,
          tenantId: tenantColumn(whose),
          name: draft.name,
          hash: Buffer.from(draft.hash),
          prefix: draft.prefix,
          scopes: [...draft.scopes],
          createdAt: dateOf(at),
          expiresAt: draft.expiresAt === null ? null : dateOf(draft.expiresAt),
        },
      });
      const { name, prefix, scopes, expiresAt } = draft;
      const changes = made({ name, prefix, scopes, expiresAt });
      await writeAudit(tx, { whose, actor: by, at, action: 'api_key.created', subjectId: keyId, changes });
      return apiKeyOf(row);
    });
  }

  list(whose: Whose, ask: PageAsk): Promise<Page<ApiKeyRecord>> {
    return runFor(this.scope, whose, async (tx) => {
      const where = { ...olderThan(ask), tenantId: tenantColumn(whose) };
      const rows = await tx.apiKey.findMany({ select: SHOWN, where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: apiKeyOf, key: (row) => row.id });
    });
  }

  /** A key that was revoked before stays as it is. @throws AppError `resource.not_found` */
  revoke(whose: Whose, keyId: ApiKeyId, by: Actor): Promise<void> {
    const at = this.clock.now();
    return runFor(this.scope, whose, async (tx) => {
      const where = { id: keyId, tenantId: tenantColumn(whose) };
      const { count } = await tx.apiKey.updateMany({
        where: { ...where, revokedAt: null },
        data: { revokedAt: dateOf(at) },
      });
      if (count === 0) {
        if ((await tx.apiKey.count({ where })) === 0) throw notFound('API key');
        return;
      }
      const changes = { revokedAt: { from: null, to: at } };
      await writeAudit(tx, { whose, actor: by, at, action: 'api_key.revoked', subjectId: keyId, changes });
    });
  }

  /** Operator level: whose key this is. Also revoked and expired ones, so that the caller can say so. */
  byHash(hash: Uint8Array): Promise<ApiKeyRecord | undefined> {
    return this.scope.forOperator(async (tx) => {
      const row = await tx.apiKey.findUnique({ select: SHOWN, where: { hash: Buffer.from(hash) } });
      return row === null ? undefined : apiKeyOf(row);
    });
  }

  /** Operator level: those of these keys that still open something. */
  async standing(keyIds: readonly ApiKeyId[]): Promise<Set<ApiKeyId>> {
    const now = dateOf(this.clock.now());
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.apiKey.findMany({
        select: { id: true },
        where: {
          id: { in: [...keyIds] },
          revokedAt: null,
          OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
        },
      });
      return new Set(rows.map((row) => id<ApiKeyId>(row.id)));
    });
  }

  /** Operator level: the hashes of all keys that are not revoked, to tell keys from guesses without asking for each. */
  hashes(): Promise<Uint8Array[]> {
    return this.scope.forOperator(async (tx) => {
      const rows = await tx.apiKey.findMany({ select: { hash: true }, where: { revokedAt: null } });
      return rows.map(({ hash }) => hash);
    });
  }

  /** Operator level: notes that a key was used. Several processes may do it at once; one of them writes. */
  touch(keyId: ApiKeyId, everyMs: number): Promise<void> {
    const at = this.clock.now();
    return this.scope.forOperator(async (tx) => {
      const stale = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(at - everyMs) } }] };
      await tx.apiKey.updateMany({ where: { id: keyId, ...stale }, data: { lastUsedAt: dateOf(at) } });
    });
  }
}

function apiKeyOf(row: Omit<Row, 'hash'>): ApiKeyRecord {
  return {
    id: id<ApiKeyId>(row.id),
    tenantId: row.tenantId === null ? null : id<TenantId>(row.tenantId),
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: instantOf(row.createdAt),
    expiresAt: instantOrNull(row.expiresAt),
    revokedAt: instantOrNull(row.revokedAt),
    lastUsedAt: instantOrNull(row.lastUsedAt),
  };
}
