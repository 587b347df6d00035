import type { ApiKeyId, TenantId } from '#domain';
import type { ApiKeyRecord, ApiKeyRepository, TenantRepository } from '#db';
import { hashToken, type Clock, type Log } from '#platform';
import { tooManyWrong } from './judge-key.js';
import { WrongKeys } from './wrong-keys.js';

/** How long an answer is used: a key revoked in another process works on for at most this. */
const KEEP_MS = 3_000;
/** Entries remembered at most, keys and tenants each. */
const KEEP_MOST = 5_000;
/** `lastUsedAt` is no finer than this, so that reading does not become writing. */
const TOUCH_EVERY_MS = 60_000;

interface Known<T> {
  at: number;
  value: T;
}

export interface KeyDirectoryParts {
  keys: Pick<ApiKeyRepository, 'byHash' | 'hashes' | 'touch'>;
  tenants: Pick<TenantRepository, 'get'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
}

/** Finds keys and tenants for the guards; remembers what it found for a moment, and for a moment more which keys there are not. */
export class KeyDirectory {
  private readonly keys = new Map<string, Known<ApiKeyRecord>>();
  private readonly tenants = new Map<TenantId, Known<true>>();
  private readonly touched = new Map<ApiKeyId, number>();

  private readonly wrong: WrongKeys;
  private names: Known<Promise<ReadonlySet<string>>> | undefined;

  constructor(private readonly parts: KeyDirectoryParts) {
    this.wrong = new WrongKeys(parts.clock);
  }

  /**
   * The key whatever its state; see `judgeKey`. What a source costs that sends one wrong key after the other has a limit: then it is
   * asked only whether the key is on the list of all keys, which is read now and then. So a right key works from everywhere.
   *
   * @param source  where the request came from, see `sourceKey`
   * @throws AppError 429 `key.too_many_wrong`
   */
  async key(token: string, source: string): Promise<ApiKeyRecord | undefined> {
    const hash = hashToken(token);
    const name = nameOf(hash);
    const known = this.fresh(this.keys, name);
    if (known) return known;
    const isSuspect = this.wrong.secondsToWait(source) > 0;
    const isWrong = this.wrong.isKnown(name) || (isSuspect && !(await this.isListed(name)));
    const key = isWrong ? undefined : await this.parts.keys.byHash(hash);
    if (key) {
      this.remember(this.keys, name, key);
      return key;
    }
    this.wrong.note(source, name);
    const seconds = this.wrong.secondsToWait(source);
    if (seconds > 0) throw tooManyWrong(seconds);
    return undefined;
  }

  async tenantExists(tenant: TenantId): Promise<boolean> {
    if (this.fresh(this.tenants, tenant)) return true;
    if ((await this.parts.tenants.get(tenant)) === undefined) return false;
    this.remember(this.tenants, tenant, true);
    return true;
  }

  /** Notes that a key was used; does not keep the request waiting. */
  used(key: ApiKeyRecord): void {
    const now = this.parts.clock.now();
    const last = Math.max(key.lastUsedAt ?? 0, this.touched.get(key.id) ?? 0);
    if (now - last < TOUCH_EVERY_MS) return;
    if (this.touched.size >= KEEP_MOST) this.touched.clear();
    this.touched.set(key.id, now);
    this.parts.keys.touch(key.id, TOUCH_EVERY_MS).catch((error: unknown) => {
      this.parts.log.warn({ err: error, apiKeyId: key.id }, 'api_key.touch_failed');
    });
  }

  /** A key that was just revoked here is refused here at once. */
  forget(keyId: ApiKeyId): void {
    for (const [name, { value }] of this.keys) if (value.id === keyId) this.keys.delete(name);
  }

  /** Those who ask at the same time wait for the same list. */
  private async isListed(name: string): Promise<boolean> {
    const now = this.parts.clock.now();
    if (this.names === undefined || now - this.names.at >= KEEP_MS) {
      this.names = { at: now, value: this.readNames() };
    }
    return (await this.names.value).has(name);
  }

  private async readNames(): Promise<ReadonlySet<string>> {
    try {
      return new Set((await this.parts.keys.hashes()).map(nameOf));
    } catch (error) {
      this.names = undefined;
      throw error;
    }
  }

  private fresh<K, T>(known: Map<K, Known<T>>, name: K): T | undefined {
    const entry = known.get(name);
    return entry && this.parts.clock.now() - entry.at < KEEP_MS ? entry.value : undefined;
  }

  private remember<K, T>(known: Map<K, Known<T>>, name: K, value: T): void {
    if (known.size >= KEEP_MOST) known.clear();
    known.set(name, { at: this.parts.clock.now(), value });
  }
}

function nameOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64');
}
