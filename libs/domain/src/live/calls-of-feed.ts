import { foldCall } from '../call/fold-call.js';
import { normaliseLeg } from '../call/normalise-leg.js';
import type { Call, Direction, NamedId } from '../call/call.js';
import { id, type CallId, type ConnectionId, type Instant } from '../ids.js';
import type { FeedNow } from './feed-now.js';

interface Going {
  vendorCallId: string;
  number: string;
  direction: Direction;
  isAnswered: boolean;
  startedAt: Instant | null;
  answeredAt: Instant | null;
  did: string | null;
  extension: string | null;
  queue: NamedId | null;
}

/**
 * The calls that only a PBX's channel tells of, as far as it says what they are: one for each phone that one of them is at, and one for
 * each caller who waits and is at no phone. Each has the PBX's id in place of one of ours, as there is no record of it.
 */
export function callsOfFeed(
  { phones, queues }: FeedNow,
  connection: { id: ConnectionId; country: string; timeZone: string },
  now: Instant,
): Call[] {
  const waiting = new Map(
    queues.flatMap(({ queue, callers }) =>
      callers.map((caller) => [caller.vendorCallId, { queue, caller }] as const),
    ),
  );
  const going: Going[] = [];
  for (const { extension, calls } of phones) {
    for (const call of calls) {
      // Only one of several phones that it rings stands for it in the queue.
      const queue = waiting.get(call.vendorCallId)?.queue ?? null;
      waiting.delete(call.vendorCallId);
      const { vendorCallId, number, direction, since: startedAt, answeredAt, did } = call;
      const isAnswered = call.state !== 'ringing';
      going.push({
        vendorCallId,
        number,
        direction,
        isAnswered,
        startedAt,
        answeredAt,
        did,
        extension,
        queue,
      });
    }
  }
  for (const [vendorCallId, { queue, caller }] of waiting) {
    const { number, joinedAt: startedAt } = caller;
    const nothing = { answeredAt: null, did: null, extension: null };
    going.push({
      vendorCallId,
      number,
      direction: 'inbound',
      isAnswered: false,
      startedAt,
      queue,
      ...nothing,
    });
  }
  return going.map((one) => callOf(one, connection, now));
}

function callOf(
  going: Going,
  connection: { id: ConnectionId; country: string; timeZone: string },
  now: Instant,
): Call {
  const { vendorCallId, number, direction, isAnswered, did, extension, queue } = going;
  const startedAt = going.startedAt ?? now;
  const answeredAt = going.answeredAt ?? startedAt;
  const isInbound = direction === 'inbound';
  const leg = normaliseLeg(
    {
      phase: isAnswered ? 'answered' : 'ringing',
      vendorCallId,
      leg: 'only',
      vendorType: '',
      vendorStatus: '',
      direction,
      result: isAnswered ? 'answered' : 'unknown',
      startedEpochSeconds: startedAt / 1_000,
      startedBy: 'utc',
      ringSeconds: isAnswered ? Math.max(0, (answeredAt - startedAt) / 1_000) : null,
      queueSeconds: null,
      talkSeconds: null,
      from: isInbound ? number : (extension ?? ''),
      ...(!isInbound && { fromKind: 'extension' as const }),
      to: isInbound ? (did ?? extension ?? '') : number,
      did,
      extension,
      agent: null,
      queue,
      department: null,
      price: null,
      recordings: [],
      ivrPath: [],
      customData: {},
      transferOf: null,
      ai: null,
      raw: {},
    },
    { ...connection, epochs: 'utc' },
    isAnswered ? answeredAt : startedAt,
  );
  const ids = { id: id<CallId>(vendorCallId), connectionId: connection.id, vendorCallId };
  return foldCall(null, [leg], ids, { at: startedAt, data: {} }).call;
}
