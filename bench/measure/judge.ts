/** Compares what was accepted with what was delivered. Pure; the heart of the benchmark's honesty. */
import { callNumber, callPlace } from '../load/call-numbers.js';
import type { LoadOutcome } from '../load/load-contract.js';
import type { Harvest } from './harvest.js';

export interface Delivered {
  sentMs: number;
  receivedMs: number;
}

export interface Judgement {
  /** Messages answered 2xx. */
  accepted: number;
  /** Messages that were not. */
  refused: number;
  /** All messages by the status of their answer; 0 when none came. */
  statuses: Record<string, number>;
  /**
   * Deliveries owed: the end of each call of which a message was accepted, to each endpoint of its tenant. Both legs of a
   * call make one end.
   */
  owed: number;
  /** Of those, how many came. */
  delivered: number;
  lost: number;
  /** The same webhook id, or the same event of a call, at one endpoint again. */
  duplicates: number;
  /** Arrived after a later event of the same call at the same endpoint. */
  outOfOrder: number;
  ingestMs: number[];
  endToEndMs: number[];
  /** The same as times, in their order of arrival at each endpoint. */
  deliveries: Delivered[];
  /** The same by the endpoint's name at the sink. */
  endToEndMsAt: ReadonlyMap<string, number[]>;
  firstSentMs: number;
  lastAnswerMs: number;
  /** Equals `firstSentMs` when nothing was delivered. */
  lastDeliveryMs: number;
}

/**
 * @param load  what was sent and how it was answered, by message number
 * @param prefix  the run's; calls of other runs (the warm-up's) are left out
 * @param fanOut  endpoints of each tenant
 */
export function judge(
  load: LoadOutcome,
  harvest: Harvest,
  { prefix, fanOut }: { prefix: string; fanOut: number },
): Judgement {
  const acceptedOf = lastAccepted(load);
  const accepted = load.statuses.filter(isAccepted).length;
  const tally = new Tally(load, acceptedOf);
  harvest.callIds.forEach((id, at) => {
    const call = callNumber(prefix, id);
    if (call === undefined) return;
    tally.arrive({
      call,
      endpoint: harvest.name[at] ?? 0,
      webhookId: harvest.webhookIds[at] ?? '',
      sequence: harvest.sequences[at] ?? 0,
      receivedMs: harvest.receivedMs[at] ?? 0,
    });
  });
  const owed = acceptedOf.size * fanOut;
  const { duplicates, outOfOrder, endToEndMs, lastDeliveryMs } = tally;
  const endToEndMsAt = new Map(
    [...tally.endToEndMsAt].map(([at, times]) => [harvest.names[at] ?? '', times]),
  );
  return {
    ...ingest(load),
    accepted,
    refused: load.statuses.length - accepted,
    statuses: countOf(load.statuses),
    owed,
    delivered: endToEndMs.length,
    lost: owed - endToEndMs.length,
    duplicates,
    outOfOrder,
    endToEndMs,
    deliveries: tally.deliveries,
    endToEndMsAt,
    lastDeliveryMs,
  };
}

interface Arrival {
  call: number;
  endpoint: number;
  webhookId: string;
  sequence: number;
  receivedMs: number;
}

/** Takes arrivals in their order and keeps count. */
class Tally {
  duplicates = 0;
  outOfOrder = 0;
  /** One entry for each delivery that was owed. */
  readonly endToEndMs: number[] = [];
  readonly deliveries: Delivered[] = [];
  /** By the endpoint's index. */
  readonly endToEndMsAt = new Map<number, number[]>();
  lastDeliveryMs: number;
  private readonly webhookIds = new Set<string>();
  /** What each endpoint has seen of each call. */
  private readonly told = new Map<string, { highest: number; sequences: Set<number> }>();

  constructor(
    private readonly load: LoadOutcome,
    private readonly acceptedOf: ReadonlyMap<number, number>,
  ) {
    this.lastDeliveryMs = load.sentMs[0] ?? 0;
  }

  arrive({ call, endpoint, webhookId, sequence, receivedMs }: Arrival): void {
    const key = `${String(endpoint)} ${String(call)}`;
    const told = this.told.get(key) ?? { highest: 0, sequences: new Set() };
    const message = `${String(endpoint)} ${webhookId}`;
    if (this.webhookIds.has(message) || told.sequences.has(sequence)) {
      this.duplicates += 1;
      return;
    }
    this.webhookIds.add(message);
    this.told.set(key, told);
    told.sequences.add(sequence);
    if (sequence < told.highest) this.outOfOrder += 1;
    told.highest = Math.max(told.highest, sequence);
    // The end comes first, then what else there is to tell (a missed call), which was not counted on. A call whose answer
    // was lost on the way is delivered all the same, but owed to nobody.
    const owedTo = told.sequences.size === 1 ? this.acceptedOf.get(call) : undefined;
    if (owedTo === undefined) return;
    const sentMs = this.load.sentMs[owedTo] ?? 0;
    const tookMs = receivedMs - sentMs;
    this.endToEndMs.push(tookMs);
    this.deliveries.push({ sentMs, receivedMs });
    const here = this.endToEndMsAt.get(endpoint);
    if (here) here.push(tookMs);
    else this.endToEndMsAt.set(endpoint, [tookMs]);
    this.lastDeliveryMs = Math.max(this.lastDeliveryMs, receivedMs);
  }
}

/** Call -> its accepted message that was answered last: the end of the call cannot be told before it. */
function lastAccepted({ statuses, answeredMs }: LoadOutcome): Map<number, number> {
  const calls = new Map<number, number>();
  statuses.forEach((status, message) => {
    if (!isAccepted(status)) return;
    const { call } = callPlace(message);
    const other = calls.get(call);
    if (other === undefined || (answeredMs[other] ?? 0) <= (answeredMs[message] ?? 0))
      calls.set(call, message);
  });
  return calls;
}

function ingest({ statuses, sentMs, answeredMs }: LoadOutcome) {
  const firstSentMs = sentMs[0] ?? 0;
  const ingestMs: number[] = [];
  let lastAnswerMs = firstSentMs;
  statuses.forEach((status, message) => {
    if (!isAccepted(status)) return;
    ingestMs.push((answeredMs[message] ?? 0) - (sentMs[message] ?? 0));
    lastAnswerMs = Math.max(lastAnswerMs, answeredMs[message] ?? 0);
  });
  return { ingestMs, firstSentMs, lastAnswerMs };
}

function countOf(statuses: Uint16Array): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function isAccepted(status: number): boolean {
  return status >= 200 && status < 300;
}
