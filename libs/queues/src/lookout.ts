import { setTimeout as delay } from 'node:timers/promises';

/** After a look that found something, and twice as long after each that did not. */
const FIRST_REST_MS = 10;
const LONGEST_IDLE_REST_MS = 40;
/** For how long a lookout goes on that was rung for and finds nothing: what comes alone is rung for at once. */
const RUNG_AWAKE_MS = 80;
/** For how long one goes on that found something. Longer than a ringer rests (`LONGEST_SELDOM_MS`), which counts on it. */
export const AWAKE_MS = 300;

export interface LookoutOptions {
  /** Takes what has something new in it, when there are places for it. Resolves to whether there was any. */
  look: () => Promise<boolean>;
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
 * While there is steady work it is looked for, instead of waiting to be rung for each bit of it: a look is the statement that
 * takes it, a ring is several trips to the queue and back before that. Whoever was idle is woken by a ring.
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
    let restMs = FIRST_REST_MS;
    for (;;) {
      await rest(restMs, signal);
      if (signal.aborted || now() > this.awakeUntil) return;
      const found = await this.lookOnce();
      restMs = found ? FIRST_REST_MS : Math.min(2 * restMs, LONGEST_IDLE_REST_MS);
    }
  }

  private stayAwake(forMs: number): void {
    this.awakeUntil = Math.max(this.awakeUntil, this.time.now() + forMs);
  }

  private async lookOnce(): Promise<boolean> {
    try {
      const found = await this.options.look();
      if (found) this.stayAwake(AWAKE_MS);
      return found;
    } catch (error) {
      this.options.failed(error);
      return false;
    }
  }
}
