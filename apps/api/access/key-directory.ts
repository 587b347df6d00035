import type { ApiKeyId, TenantId } from '#domain';
import type { ApiKeyRecord, ApiKeyRepository, TenantRepository } from '#db';
import type { Clock, Log } from '#platform';
import { tooManyWrong } from './judge-key.js';
import { KEEP_MS, TokenDirectory } from './token-directory.js';
import { TOUCH_EVERY_MS, UsedLately } from './used-lately.js';

/** Tenants remembered at most. */
const KEEP_MOST = 5_000;

export interface KeyDirectoryParts {
  keys: Pick<ApiKeyRepository, 'byHash' | 'hashes' | 'touch'>;
  tenants: Pick<TenantRepository, 'get'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
}

/** Finds keys and tenants for the guards; remembers what it found for a moment, and for a moment more which keys there are not. */
export class KeyDirectory {
  private readonly keys: TokenDirectory<ApiKeyRecord>;
  /** Until when each is known to be there. */
  private readonly tenants = new Map<TenantId, number>();
  private readonly lately = new UsedLately();

  constructor(private readonly parts: KeyDirectoryParts) {
    this.keys = new TokenDirectory(parts.keys, parts.clock);
  }

  /**
   * The key whatever its state; see `judgeKey`.
   *
   * @param source  where the request came from, see `sourceKey`
   * @throws AppError 429 `key.too_many_wrong`
   */
  async key(token: string, source: string): Promise<ApiKeyRecord | undefined> {
    const finding = await this.keys.find(token, source);
    if (finding.found === undefined && finding.waitSeconds > 0) throw tooManyWrong(finding.waitSeconds);
    return finding.found;
  }

  async tenantExists(tenant: TenantId): Promise<boolean> {
    const now = this.parts.clock.now();
    if ((this.tenants.get(tenant) ?? 0) > now) return true;
    if ((await this.parts.tenants.get(tenant)) === undefined) return false;
    if (this.tenants.size >= KEEP_MOST) this.tenants.clear();
    this.tenants.set(tenant, now + KEEP_MS);
    return true;
  }

  /** Notes that a key was used; does not keep the request waiting. */
  used(key: ApiKeyRecord): void {
    if (!this.lately.isDue(key.id, key.lastUsedAt, this.parts.clock.now())) return;
    this.parts.keys.touch(key.id, TOUCH_EVERY_MS).catch((error: unknown) => {
      this.parts.log.warn({ err: error, apiKeyId: key.id }, 'api_key.touch_failed');
    });
  }

  /** A key that was just revoked here is refused here at once. */
  forget(keyId: ApiKeyId): void {
    this.keys.forget(({ id }) => id === keyId);
  }
}
