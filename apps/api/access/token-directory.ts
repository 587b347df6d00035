import { hashToken, type Clock } from '#platform';
import { WrongKeys } from './wrong-keys.js';

/** How long an answer is used: what ended in another process works on here for at most this. */
export const KEEP_MS = 3_000;
/** Entries remembered at most. */
const KEEP_MOST = 5_000;

interface Known<T> {
  at: number;
  value: T;
}

/** Where tokens are kept, by their hashes. */
export interface TokenShelf<T> {
  byHash: (hash: Uint8Array) => Promise<T | undefined>;
  /** Of all tokens that may still open something. */
  hashes: () => Promise<Uint8Array[]>;
}

/** What a token opens; or how long its sender has to wait, in seconds, who sent too many that open nothing. */
export type TokenFinding<T> = { found: T } | { found: undefined; waitSeconds: number };

/**
 * Finds what tokens open, and remembers it for a moment; and for a moment more which tokens there are not. What a source costs
 * that sends one wrong token after the other has a limit: then it is asked only whether the token is on the list of all tokens,
 * which is read now and then. So a right token works from everywhere.
 */
export class TokenDirectory<T> {
  private readonly known = new Map<string, Known<T>>();
  private readonly wrong: WrongKeys;
  private names: Known<Promise<ReadonlySet<string>>> | undefined;

  constructor(
    private readonly shelf: TokenShelf<T>,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.wrong = new WrongKeys(clock);
  }

  /** @param source  where the request came from, see `sourceKey` */
  async find(token: string, source: string): Promise<TokenFinding<T>> {
    const hash = hashToken(token);
    const name = nameOf(hash);
    const known = this.known.get(name);
    if (known && this.clock.now() - known.at < KEEP_MS) return { found: known.value };
    const isSuspect = this.wrong.secondsToWait(source) > 0;
    const isWrong = this.wrong.isKnown(name) || (isSuspect && !(await this.isListed(name)));
    const found = isWrong ? undefined : await this.shelf.byHash(hash);
    if (found !== undefined) {
      if (this.known.size >= KEEP_MOST) this.known.clear();
      this.known.set(name, { at: this.clock.now(), value: found });
      return { found };
    }
    this.wrong.note(source, name);
    return { found: undefined, waitSeconds: this.wrong.secondsToWait(source) };
  }

  /** What has just ended here is asked for again at once. */
  forget(isMeant: (value: T) => boolean): void {
    for (const [name, { value }] of this.known) if (isMeant(value)) this.known.delete(name);
  }

  /** Those who ask at the same time wait for the same list. */
  private async isListed(name: string): Promise<boolean> {
    const now = this.clock.now();
    if (this.names === undefined || now - this.names.at >= KEEP_MS) {
      this.names = { at: now, value: this.readNames() };
    }
    return (await this.names.value).has(name);
  }

  private async readNames(): Promise<ReadonlySet<string>> {
    try {
      return new Set((await this.shelf.hashes()).map(nameOf));
    } catch (error) {
      this.names = undefined;
      throw error;
    }
  }
}

function nameOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('base64');
}
