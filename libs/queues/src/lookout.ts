import { setTimeout as delay } from 'node:timers/promises';

/** After a look that found something, and twice as long after each that did not. */
const FIRST_REST_MS = 10;
const LONGEST_IDLE_REST_MS = 40;
/** For how long a lookout goes on that was woken: twice as long as ringers rest while work is steady (`SELDOM_MS`), should a ring be late. */
export const AWAKE_MS = 600;

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
 * While work is steady it is looked for, instead of waiting to be rung for each bit of it: a look is the statement that takes it, and
 * finds something nearly every time. Ringers know when it is (`Seldom`), and each ring that says so wakes whoever hears it.
 */
export class Lookout {
  private awakeUntil = -Infinity;
  private looking: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private readonly time: LookoutTime;

  constructor(private readonly options: LookoutOptions) {
    this.time = options.time ?? OWN_TIME;
  }

  /** Work is steady. */
  wake(): void {
    if (this.stopping.signal.aborted) return;
    this.awakeUntil = this.time.now() + AWAKE_MS;
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

  private async lookOnce(): Promise<boolean> {
    try {
      return await this.options.look();
    } catch (error) {
      this.options.failed(error);
      return false;
    }
  }
}
