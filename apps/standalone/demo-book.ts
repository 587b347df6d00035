/** What the demo knows of one call that it played. */
interface PlayedCall {
  /** Messages of it that the product accepted. */
  accepted: number;
  /** Events of it that the CRM took. */
  delivered: number;
  /** On the machine's monotonic clock, milliseconds. */
  firstSentMs: number;
  firstDeliveredMs: number | undefined;
}

export interface DemoSummary {
  calls: number;
  delivered: number;
  lost: number;
  duplicates: number;
  p95Ms: number;
}

/** Counts the calls of the demo: which were accepted, which arrived, how long they took. */
export class DemoBook {
  private readonly calls = new Map<string, PlayedCall>();

  sent(callId: string, nowMs: number): void {
    if (this.calls.has(callId)) return;
    this.calls.set(callId, { accepted: 0, delivered: 0, firstSentMs: nowMs, firstDeliveredMs: undefined });
  }

  accepted(callId: string): void {
    const call = this.calls.get(callId);
    if (call) call.accepted += 1;
  }

  /** @returns milliseconds since the PBX sent it, at its first delivery; undefined for later events of the same call */
  delivered(callId: string, nowMs: number): number | undefined {
    const call = this.calls.get(callId);
    if (!call) return undefined;
    call.delivered += 1;
    if (call.firstDeliveredMs !== undefined) return undefined;
    call.firstDeliveredMs = nowMs;
    return nowMs - call.firstSentMs;
  }

  /** Every call of which a message was accepted was told: two legs make one event, a missed call makes two. */
  get complete(): boolean {
    return [...this.calls.values()].every(({ accepted, delivered }) => accepted === 0 || delivered > 0);
  }

  get size(): number {
    return this.calls.size;
  }

  summary(duplicates: number): DemoSummary {
    const calls = [...this.calls.values()];
    const whole = calls.filter(({ accepted, delivered }) => accepted > 0 && delivered > 0);
    const times = calls
      .flatMap(({ firstSentMs, firstDeliveredMs }) =>
        firstDeliveredMs === undefined ? [] : [firstDeliveredMs - firstSentMs],
      )
      .sort((one, other) => one - other);
    return {
      calls: calls.length,
      delivered: whole.length,
      lost: calls.length - whole.length,
      duplicates,
      p95Ms: Math.round(times[Math.ceil(times.length * 0.95) - 1] ?? 0),
    };
  }
}
