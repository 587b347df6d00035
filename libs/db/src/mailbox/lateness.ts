import { performance, type EventLoopUtilization } from 'node:perf_hooks';

/** A process that is at work for a smaller share of the time waits for others, and is not what makes letters late. */
const BUSY = 0.7;

/** Kinds of mailboxes whose letters are told. Those of an endpoint may be late because it is slow itself. */
export type LateKind = 'connection' | 'endpoint';

/**
 * How late the letters are that this process takes up. Of each kind of mailbox the median tells: a flood into one of them makes
 * that one late, and is nobody else's trouble.
 */
export class Lateness {
  /** Milliseconds by mailbox. */
  private readonly noted = { connection: new Map<string, number>(), endpoint: new Map<string, number>() };
  private before: EventLoopUtilization;

  /** @param utilization  the share of time at work, since `before` */
  constructor(
    private readonly utilization: (before?: EventLoopUtilization) => EventLoopUtilization = (before) =>
      performance.eventLoopUtilization(before),
  ) {
    this.before = utilization();
  }

  /** @param ms  age of the oldest letter that was never taken up before */
  note(kind: LateKind, mailbox: string, ms: number): void {
    this.noted[kind].set(mailbox, Math.max(0, ms));
  }

  /** Milliseconds, of all that was noted since it was asked for last; 0 when nothing was. */
  take(): number {
    const busy = this.utilization(this.before).utilization >= BUSY;
    this.before = this.utilization();
    const { connection, endpoint } = this.noted;
    const ms = Math.max(medianOf(connection), busy ? medianOf(endpoint) : 0);
    connection.clear();
    endpoint.clear();
    return Math.round(ms);
  }
}

/** The lower one of two in the middle. */
function medianOf(noted: ReadonlyMap<string, number>): number {
  const sorted = [...noted.values()].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
