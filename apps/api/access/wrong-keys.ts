import type { Clock } from '#platform';

const SECOND = 1_000;
/** Wrong keys that one source may send in a window; more is no slip of the pen. */
export const MOST_WRONG = 30;
const WINDOW_MS = 60 * SECOND;
/** How long a key that there is not is known to be none. Short, for the key of a new installation may have been tried too soon. */
const KNOWN_WRONG_MS = 30 * SECOND;
/** Entries remembered at most, keys and sources each; the oldest are forgotten first. */
const KEEP_MOST = 10_000;

/**
 * Who sends wrong keys, and which. Counted by each process for itself: guessing 256 random bits stays hopeless with any number of
 * processes, and what is kept small is what it costs us.
 */
export class WrongKeys {
  private readonly keys = new Map<string, number>();
  private readonly sources = new Map<string, { since: number; wrong: number }>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** @param name  of the key, by its hash */
  isKnown(name: string): boolean {
    const at = this.keys.get(name);
    return at !== undefined && this.clock.now() - at < KNOWN_WRONG_MS;
  }

  /** A source (see `sourceKey`) sent a key that there is not. */
  note(source: string, name: string): void {
    const now = this.clock.now();
    put(this.keys, name, now);
    const before = this.count(source);
    put(this.sources, source, { since: before?.since ?? now, wrong: (before?.wrong ?? 0) + 1 });
  }

  /** How long a source has to wait before it is believed again; 0 while it has sent few wrong keys. In seconds, at least 1. */
  secondsToWait(source: string): number {
    const counted = this.count(source);
    if (counted === undefined || counted.wrong <= MOST_WRONG) return 0;
    return Math.max(1, Math.ceil((counted.since + WINDOW_MS - this.clock.now()) / SECOND));
  }

  private count(source: string): { since: number; wrong: number } | undefined {
    const counted = this.sources.get(source);
    return counted && this.clock.now() - counted.since < WINDOW_MS ? counted : undefined;
  }
}

function put<T>(map: Map<string, T>, name: string, value: T): void {
  if (!map.has(name) && map.size >= KEEP_MOST) {
    const oldest = map.keys().next();
    if (oldest.done !== true) map.delete(oldest.value);
  }
  map.set(name, value);
}
