/** Messages of one call as a PBX sends them one after another, and the events that CRMs are told of them. For tests only. */
import { dialectNamed } from '#dialects';
import {
  NOTHING_TOLD,
  callView,
  closeCall,
  eventsOf,
  foldCall,
  id,
  instant,
  normaliseLeg,
  toldAlso,
  type Call,
  type CallId,
  type CallNews,
  type ConnectionId,
  type Instant,
} from '#domain';
import type { ToldEvent } from '../format.js';

export interface PbxMessage {
  route: string;
  fields: Readonly<Record<string, unknown>>;
}

const BEGINNING = Date.UTC(2026, 10, 21, 9, 30);
const SECOND = 1000;
const HOUR = 3600 * SECOND;
const IDS = {
  id: id<CallId>('019a9e5c-7a00-7000-8000-000000000000'),
  connectionId: id<ConnectionId>('019a9e5c-7a00-7000-8000-000000000001'),
};

/** JSON messages, a second apart, each with what it makes us tell: as an endpoint gets it that has taken all before. */
export function toldByMessages(dialectName: string, messages: readonly PbxMessage[]): ToldEvent[] {
  const dialect = dialectNamed(dialectName);
  if (dialect === undefined) throw new Error(`no dialect ${dialectName}`);
  const connection = {
    epochs: dialect.defaultEpochs,
    timeZone: dialect.defaultTimeZone,
    country: dialect.defaultCountry,
  };
  const events: ToldEvent[] = [];
  let call: Call | null = null;
  let told = NOTHING_TOLD;
  const hear = (after: Call, at: Instant) => {
    const news = eventsOf(call, after, told, at);
    for (const one of news) events.push(eventOf(one, after, events));
    told = toldAlso(told, news);
    call = after;
  };
  for (const [index, { route, fields }] of messages.entries()) {
    const at = instant(BEGINNING + index * SECOND);
    const body = Buffer.from(JSON.stringify(fields));
    const reading = dialect.read({ method: 'POST', route, query: '', headers: {}, body }, {});
    if (!reading.ok) throw new Error(reading.reason);
    const legs = reading.reports.map((report) => normaliseLeg(report, connection, at));
    const ids = { ...IDS, vendorCallId: reading.reports[0]?.vendorCallId ?? '' };
    hear(foldCall(call, legs, ids).call, at);
  }
  // Nothing more comes.
  const closedAt = instant(BEGINNING + HOUR);
  if (call !== null && !told.types.includes('call.ended')) hear(closeCall(call, closedAt), closedAt);
  return events;
}

function eventOf(
  { type, occurredAt, ...more }: CallNews,
  call: Call,
  before: readonly ToldEvent[],
): ToldEvent {
  return {
    id: `e${before.length + 1}`,
    type,
    sequence: before.length + 1,
    occurredAt,
    payload: JSON.stringify({ ...callView(call), ...more }),
    before: { events: before.map((event) => event.type), messages: [] },
  };
}
