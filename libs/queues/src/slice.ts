import type { Clock } from '#platform';

/** How long one drain may keep a worker's place before it lets the next mailbox in. */
export const SLICE_MS = 2_000;

/** The time that one drain has, and the signal that it must stop at once. */
export class Slice {
  private readonly endsAt: number;
  private readonly controller = new AbortController();
  private isEnded = false;

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    this.endsAt = clock.now() + SLICE_MS;
  }

  /** True when the drain should start nothing new. */
  get over(): boolean {
    return this.isEnded || this.clock.now() >= this.endsAt;
  }

  /** True when somebody wants it to stop, as against its time being up. */
  get ended(): boolean {
    return this.isEnded;
  }

  /** Aborted when what is in flight must be given up: the lease is lost, or the process stops. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  end(): void {
    this.isEnded = true;
  }

  abort(): void {
    this.isEnded = true;
    this.controller.abort();
  }
}
