import { setTimeout as delay } from 'node:timers/promises';
import { Rhythm } from '#platform';

/** Looking, with the claim that follows, takes at most this share of the time. */
const SHARE = 0.15;
const LONGEST_REST_MS = 25;
/** After a look that found something, and twice as long after each that did not. */
const FIRST_REST_MS = 10;
const LONGEST_IDLE_REST_MS = 40;
/** For how long a lookout goes on that was rung for and finds nothing: what comes alone is rung for at once. */
const RUNG_AWAKE_MS = 80;
/** For how long one goes on that found something. Longer than a ringer rests (`LONGEST_SELDOM_MS`), which counts on it. */
export const AWAKE_MS = 300;

export interface LookoutOptions {
  /** Mailboxes that have something due and are to be had. */
  look: () => Promise<string[]>;
  /** Resolves when they were asked for. */
  ask: (ids: readonly string[]) => Promise<void>;
  failed: (error: unknown) => void;
  /** What the time is and how to wait; the process's own when left out. */
  time?: LookoutTime;
}

export interface LookoutTime {
  now: () => number;
  rest: (ms: number, signal: AbortSignal) => Promise<void>;
}

const OWN_TIME: LookoutTime = {
  now: () => performance.now(),
  rest: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
};

/**
 * While there is steady work it is looked for, instead of waiting to be rung for each bit of it: a look is one cheap statement,
 * a ring is several trips to the queue and back. Whoever was idle is woken by a ring.
 */
export class Lookout {
  private awakeUntil = -Infinity;
  private looking: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private readonly time: LookoutTime;

  constructor(private readonly options: LookoutOptions) {
    this.time = options.time ?? OWN_TIME;
  }

  /** There was work: there may be more. */
  wake(): void {
    if (this.stopping.signal.aborted) return;
    this.stayAwake(RUNG_AWAKE_MS);
    this.looking ??= this.lookAround().finally(() => (this.looking = undefined));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.looking;
  }

  private async lookAround(): Promise<void> {
    const { now, rest } = this.time;
    const { signal } = this.stopping;
    const rhythm = new Rhythm({ longestMs: LONGEST_REST_MS, share: SHARE });
    let restMs = FIRST_REST_MS;
    for (;;) {
      await rest(Math.max(restMs, rhythm.waitMs(now())), signal);
      if (signal.aborted || now() > this.awakeUntil) return;
      const begun = now();
      const found = await this.lookOnce();
      rhythm.beat(begun, now());
      restMs = found ? FIRST_REST_MS : Math.min(2 * restMs, LONGEST_IDLE_REST_MS);
    }
  }

  private stayAwake(forMs: number): void {
    this.awakeUntil = Math.max(this.awakeUntil, this.time.now() + forMs);
  }

  private async lookOnce(): Promise<boolean> {
    try {
      const ids = await this.options.look();
      if (ids.length > 0) {
        this.stayAwake(AWAKE_MS);
        await this.options.ask(ids);
      }
      return ids.length > 0;
    } catch (error) {
      this.options.failed(error);
      return false;
    }
  }
}
