import { AppError } from '#domain';
import { Cycle, logFailure, type Log } from '#platform';

const SECOND = 1000;
const LOOK_EVERY_MS = SECOND;
/** No answer waits longer: PBXs give up after a few seconds. */
const LONGEST_WAIT_MS = SECOND;
/** How long an answer waits when the workers are twice as late as they may be. */
const STEP_MS = 100;
const ASK_AGAIN_SECONDS = 10;

/** How late the workers may be, milliseconds. */
export interface SlowDownLimits {
  slowAfterMs: number;
  /** Undefined: nothing is ever refused for it. */
  refuseAfterMs: number | undefined;
}

/**
 * How long the answer to a webhook waits: so that senders who wait for it send less, and the workers get the processor. Grows
 * with what the workers are late beyond what they may be.
 */
export function waitMs(behindMs: number, slowAfterMs: number): number {
  const beyond = Math.max(0, behindMs - slowAfterMs) / slowAfterMs;
  return Math.min(LONGEST_WAIT_MS, Math.round(beyond * STEP_MS));
}

export interface SlowDownParts {
  limits: SlowDownLimits;
  /** How late the workers are, milliseconds; asked once a second. */
  behind: () => Promise<number>;
  rest: (ms: number) => Promise<unknown>;
  log: Log;
}

/**
 * Takes webhooks more slowly while the workers are late, or what is accepted would be told ever later. Does nothing where no
 * worker is there: then all is kept for when they come back. Nobody who waits at a ringing phone is held up.
 */
export class SlowDown {
  private behindMs = 0;
  private readonly cycle = new Cycle(LOOK_EVERY_MS, () => this.look());

  constructor(private readonly parts: SlowDownParts) {}

  start(): void {
    this.cycle.start();
  }

  async stop(): Promise<void> {
    await this.cycle.stop();
  }

  /** Before a webhook is kept. @throws AppError 503 `ingress.behind` */
  admit(): void {
    const { refuseAfterMs } = this.parts.limits;
    if (refuseAfterMs === undefined || this.behindMs < refuseAfterMs) return;
    throw new AppError('unavailable', 'ingress.behind', 'More comes than can be told: send it again soon.', {
      status: 503,
      retryAfterSeconds: ASK_AGAIN_SECONDS,
    });
  }

  /** When it is kept, before it is answered. Undefined where nobody has to wait. */
  hold(): Promise<unknown> | undefined {
    const ms = waitMs(this.behindMs, this.parts.limits.slowAfterMs);
    return ms === 0 ? undefined : this.parts.rest(ms);
  }

  /** Never rejects. A database that is away makes nobody late. */
  async look(): Promise<void> {
    try {
      this.behindMs = await this.parts.behind();
    } catch (error) {
      this.behindMs = 0;
      logFailure(this.parts.log, 'slow_down.failed', error, {});
    }
  }
}
