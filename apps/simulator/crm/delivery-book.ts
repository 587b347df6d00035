/** Counts what arrived at one name of the sink: what a customer would complain about. */
import { percentiles, type Percentiles } from '../percentiles.js';
import type { DeliveryFacts } from './read-delivery.js';

/** One webhook that was answered 2xx, i.e. that is delivered. */
export interface DeliveryRecord extends DeliveryFacts {
  /** Header `webhook-id`; empty for formats without one. */
  webhookId: string;
  /** The machine's monotonic clock (`sharedNowMs`) when the whole request was there. */
  receivedMs: number;
}

export interface SinkStats {
  requests: number;
  /** Requests answered 2xx. */
  delivered: number;
  /** Answers by status; `hang` and `reset` have their own entries. */
  answers: Record<string, number>;
  badSignatures: number;
  distinctCalls: number;
  distinctEvents: number;
  /** Delivered again: the same webhook id, event, or place in a call's events. */
  duplicates: number;
  /** Delivered after a later event of the same call. */
  outOfOrder: number;
  /** From the event's own timestamp to its first delivery. */
  sinceEventMs: Percentiles;
}

export class DeliveryBook {
  /** In the order of arrival, duplicates included. */
  readonly records: DeliveryRecord[] = [];
  private requests = 0;
  private badSignatures = 0;
  private readonly answers: Record<string, number> = {};
  private readonly webhookIds = new Set<string>();
  private readonly eventIds = new Set<string>();
  /** Call id -> highest sequence delivered so far, and those that came. */
  private readonly calls = new Map<string, { highest: number; seen: number[] }>();
  private readonly sinceEventMs: number[] = [];
  private duplicates = 0;
  private outOfOrder = 0;

  answered(answer: string): void {
    this.requests += 1;
    this.answers[answer] = (this.answers[answer] ?? 0) + 1;
  }

  badSignature(): void {
    this.badSignatures += 1;
  }

  /** @param nowMs  time of day, to compare with the event's own timestamp */
  delivered(record: DeliveryRecord, nowMs: number): void {
    this.records.push(record);
    const { webhookId, eventId, callId, sequence } = record;
    const call = this.calls.get(callId) ?? { highest: 0, seen: [] };
    const again =
      (webhookId !== '' && this.webhookIds.has(webhookId)) ||
      (eventId !== '' && this.eventIds.has(eventId)) ||
      (callId !== '' && sequence !== null && call.seen.includes(sequence));
    if (webhookId !== '') this.webhookIds.add(webhookId);
    if (eventId !== '') this.eventIds.add(eventId);
    if (callId !== '') this.calls.set(callId, call);
    if (again) {
      this.duplicates += 1;
      return;
    }
    if (record.occurredMs !== null) this.sinceEventMs.push(nowMs - record.occurredMs);
    if (sequence === null) return;
    if (sequence < call.highest) this.outOfOrder += 1;
    call.highest = Math.max(call.highest, sequence);
    call.seen.push(sequence);
  }

  /** Cheap enough to be asked after every request; percentiles are not, see `stats`. */
  get deliveredCount(): number {
    return this.records.length;
  }

  stats(): SinkStats {
    return {
      requests: this.requests,
      delivered: this.records.length,
      answers: { ...this.answers },
      badSignatures: this.badSignatures,
      distinctCalls: this.calls.size,
      distinctEvents: this.eventIds.size,
      duplicates: this.duplicates,
      outOfOrder: this.outOfOrder,
      sinceEventMs: percentiles(this.sinceEventMs),
    };
  }
}
