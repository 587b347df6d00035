/** A call as the vendor's `PhoneCall`, with a view for each extension of ours that is in it. */
import type { Call, Direction, Instant, OrderParty, Told, ToldCall, ToldExtension } from '#domain';
import { offsetTimeText } from '../../content/time-texts.js';
import type { VoipnowManner } from './manner.js';
import { DISPOSITION_OF, FLOW_OF } from './read-call-log.js';

/** A member that is nothing is left out. */
export type Entry = Readonly<Record<string, unknown>>;

/** The vendor's numbers of what a call is doing, from the extension's point of view. */
const STATUS = { trying: 2, ringing: 3, otherSideRings: 4, onCall: 5 } as const;

export function withoutNothing(members: Record<string, unknown>): Entry {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** The call that was just ordered. */
export function placedCall(
  { callId, order, at }: Extract<Told, { kind: 'place' }>,
  { extension, callerId, nonce }: VoipnowManner,
  timeZone: string | null,
): Entry {
  const parties = [order.first, order.second].filter((party) => party !== null);
  const own = extension ?? parties.find(({ kind }) => kind === 'extension')?.value ?? null;
  const [source, destination] =
    order.kind === 'conference'
      ? [textOf(order.conferenceRoom), textOfParty(order.first)]
      : [textOfParty(order.first), textOfParty(order.second)];
  const local = parties.every(({ kind }) => kind !== 'number');
  return withoutNothing({
    id: callId,
    extension: own,
    published: offsetTimeText(at, timeZone),
    phoneCallView: [
      withoutNothing({
        id: viewId(0),
        extension: own,
        source,
        destination,
        flow: local ? FLOW_OF.internal : FLOW_OF.outbound,
        status: STATUS.trying,
        callerId,
      }),
    ],
    nonce,
  });
}

/** The calls that go on, once each, whatever many extensions they are told of. */
export function liveCalls(extensions: readonly ToldExtension[], timeZone: string | null): Entry[] {
  const byId = new Map<string, { told: ToldCall; extensions: string[] }>();
  for (const { extension, calls } of extensions) {
    for (const told of calls) {
      if (told.call.state === 'ended') continue;
      const known = byId.get(told.callId);
      if (known) known.extensions.push(extension);
      else byId.set(told.callId, { told, extensions: [extension] });
    }
  }
  return [...byId.values()].map(({ told: { call, callId }, extensions: own }) =>
    withoutNothing({
      id: callId,
      extension: own[0],
      published: timeText(call.startedAt, timeZone),
      answered: timeText(call.answeredAt, timeZone),
      phoneCallView: own.map((extension, index) =>
        withoutNothing({
          id: viewId(index),
          extension,
          ...endsOf(call, extension),
          flow: FLOW_OF[call.direction],
          status: statusOf(call, extension),
          ringing: call.state === 'ringing' ? timeText(call.startedAt, timeZone) : null,
          answered: timeText(call.answeredAt, timeZone),
        }),
      ),
    }),
  );
}

/** A call of the past. Its ends are single texts, and it has a length and an outcome. */
export function pastCall({ call, callId, recordingUrls }: ToldCall, timeZone: string | null): Entry {
  return withoutNothing({
    id: callId,
    extension: call.extension,
    published: timeText(call.startedAt, timeZone),
    answered: timeText(call.answeredAt, timeZone),
    phoneCallView: [
      withoutNothing({
        id: viewId(0),
        extension: call.extension,
        source: call.from.original,
        destination: call.to.original,
        flow: FLOW_OF[call.direction],
        disposition: DISPOSITION_OF[call.result],
        duration: Math.round(call.talkSeconds ?? 0),
        answered: timeText(call.answeredAt, timeZone),
        recording: recordingUrls[0],
      }),
    ],
  });
}

function statusOf(call: Call, extension: string): number {
  if (call.state === 'answered') return STATUS.onCall;
  return calls(call, extension) ? STATUS.otherSideRings : STATUS.ringing;
}

/** Whether it is the extension that calls, and not the one that is called. */
function calls(
  { direction, from }: { direction: Direction; from: { original: string } },
  extension: string,
): boolean {
  return direction === 'outbound' || (direction === 'internal' && from.original === extension);
}

function endsOf(call: Call, extension: string): { source: string[]; destination: string[] } {
  const from = call.direction === 'outbound' ? extension : call.from.original;
  const to = call.direction === 'inbound' ? extension : call.to.original;
  return { source: textOf(from), destination: textOf(to) };
}

function textOfParty(party: OrderParty | null): string[] {
  return textOf(party?.value ?? null);
}

function textOf(text: string | null): string[] {
  return text === null || text === '' ? [] : [text];
}

function viewId(index: number): string {
  return String(index).padStart(2, '0');
}

function timeText(at: Instant | null, timeZone: string | null): string | null {
  return at === null ? null : offsetTimeText(at, timeZone);
}
