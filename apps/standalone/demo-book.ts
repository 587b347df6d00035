/** What the demo knows of one call that it played. */
interface PlayedCall {
  /** Messages of it that the product accepted. */
  accepted: number;
  /** On the machine's monotonic clock, milliseconds. */
  firstSentMs: number;
  firstDeliveredMs: number | undefined;
  /** The CRM was told that it is over. */
  ended: boolean;
}

export interface DemoSummary {
  calls: number;
  delivered: number;
  lost: number;
  duplicates: number;
  p95Ms: number;
}

/** Counts the calls of the demo: which were accepted, which arrived whole, how long their first word took. */
export class DemoBook {
  private readonly calls = new Map<string, PlayedCall>();

  sent(callId: string, nowMs: number): void {
    if (this.calls.has(callId)) return;
    const call = { accepted: 0, firstSentMs: nowMs, firstDeliveredMs: undefined, ended: false };
    this.calls.set(callId, call);
  }

  accepted(callId: string): void {
    const call = this.calls.get(callId);
    if (call) call.accepted += 1;
  }

  /** @returns when its end was told: milliseconds from its first message to its first delivery; undefined before */
  delivered(callId: string, type: string, nowMs: number): number | undefined {
    const call = this.calls.get(callId);
    if (!call) return undefined;
    call.firstDeliveredMs ??= nowMs;
    if (call.ended || type !== 'call.ended') return undefined;
    call.ended = true;
    return call.firstDeliveredMs - call.firstSentMs;
  }

  /** The end of every call of which a message was accepted was told. */
  get complete(): boolean {
    return [...this.calls.values()].every(({ accepted, ended }) => accepted === 0 || ended);
  }

  summary(duplicates: number): DemoSummary {
    const calls = [...this.calls.values()];
    const whole = calls.filter(({ accepted, ended }) => accepted > 0 && ended);
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
