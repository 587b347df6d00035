/** Every dialect's fixtures, read, normalised and folded: the events that CRMs are told of them. For tests only. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { DIALECTS, type Dialect, type InboundRequest } from '#dialects';
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
  type CallView,
  type ConnectionId,
  type LegReport,
} from '#domain';
import type { ToldEvent } from '../format.js';

export interface ToldCase {
  dialect: string;
  /** Route and file of the fixture. */
  fixture: string;
  event: ToldEvent;
  call: CallView;
}

const RECEIVED_AT = instant(Date.UTC(2026, 10, 21, 9, 30));
const SECOND = 1000;

export function toldCases(): ToldCase[] {
  return DIALECTS.flatMap((dialect) =>
    dialect.tellsEveryLeg === true
      ? recordingsOf(dialect).flatMap(([name, messages]) => casesOfStream(dialect, name, messages))
      : requestsOf(dialect).flatMap(([name, request]) => casesOf(dialect, name, request)),
  );
}

/** Of a PBX that tells everything piece by piece one message is no call: what it sent of whole ones. */
function recordingsOf({ name }: Dialect): [name: string, messages: string[]][] {
  const folder = new URL(`../../../dialects/src/${name}/recorded/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => [file, readFileSync(new URL(file, folder), 'utf8').trim().split('\n')]);
}

function casesOfStream(dialect: Dialect, fixture: string, messages: readonly string[]): ToldCase[] {
  const [route = ''] = dialect.routes;
  const reports = messages.flatMap((body) => {
    const bytes = new TextEncoder().encode(body);
    const reading = dialect.read({ method: 'SOCKET', route, query: '', headers: {}, body: bytes }, {});
    return reading.ok ? reading.reports : [];
  });
  const calls = new Set(reports.map(({ vendorCallId }) => vendorCallId));
  return [...calls].flatMap((call) =>
    toldOf(
      dialect,
      fixture,
      reports.filter(({ vendorCallId }) => vendorCallId === call),
    ),
  );
}

function requestsOf(dialect: Dialect): [name: string, request: InboundRequest][] {
  const folder = new URL(`../../../dialects/src/${dialect.name}/fixtures/`, import.meta.url);
  return dialect.routes
    .filter((route) => existsSync(new URL(route, folder)))
    .flatMap((route) =>
      readdirSync(new URL(route, folder))
        .filter((name) => !name.includes('.unreadable.'))
        .map((name): [string, InboundRequest] => {
          const bytes = readFileSync(new URL(`${route}/${name}`, folder));
          const inQuery = name.endsWith('.query');
          const request: InboundRequest = {
            method: inQuery ? 'GET' : 'POST',
            route,
            query: inQuery ? bytes.toString().trimEnd() : '',
            headers: {},
            body: inQuery ? new Uint8Array() : bytes,
          };
          return [`${route}/${name}`, request];
        }),
    );
}

function casesOf(dialect: Dialect, fixture: string, request: InboundRequest): ToldCase[] {
  const reading = dialect.read(request, {});
  if (!reading.ok) throw new Error(`${fixture}: ${reading.reason}`);
  return reading.reports.flatMap((report) => toldOf(dialect, fixture, [report]));
}

/** What has a time of its own came then. */
const receivedAt = ({ toldAt }: LegReport) => (toldAt === undefined ? RECEIVED_AT : instant(toldAt));

/** The events of the reports, and of the call's end where they tell of none. */
function toldOf(dialect: Dialect, fixture: string, reports: readonly LegReport[]): ToldCase[] {
  const connection = {
    epochs: dialect.defaultEpochs,
    timeZone: dialect.defaultTimeZone,
    country: dialect.defaultCountry,
  };
  const ids = {
    id: id<CallId>('019a9e5c-7a00-7000-8000-000000000000'),
    connectionId: id<ConnectionId>('019a9e5c-7a00-7000-8000-000000000001'),
    vendorCallId: reports[0]?.vendorCallId ?? '',
  };
  const legs = reports.map((report) => normaliseLeg(report, connection, receivedAt(report)));
  const call = foldCall(null, legs, ids).call;
  const first = eventsOf(null, call, NOTHING_TOLD, RECEIVED_AT);
  const told = toldAlso(NOTHING_TOLD, first);
  const closedAt = instant(RECEIVED_AT + 60 * SECOND);
  const closed = told.types.includes('call.ended') ? undefined : closeCall(call, closedAt);
  const end = closed === undefined ? [] : eventsOf(call, closed, told, closedAt);
  return [
    ...first.map((news, index) => toldCase(dialect, fixture, { ...news, call, sequence: index + 1 })),
    ...end.map((news, index) =>
      toldCase(dialect, fixture, { ...news, call: closed ?? call, sequence: first.length + index + 1 }),
    ),
  ];
}

function toldCase(
  dialect: Dialect,
  fixture: string,
  { type, occurredAt, call, sequence, ...own }: CallNews & { call: Call; sequence: number },
): ToldCase {
  const view = callView(call);
  return {
    dialect: dialect.name,
    fixture,
    event: {
      id: '019a9e5c-7a00-7000-8000-000000000002',
      type,
      sequence,
      occurredAt,
      payload: JSON.stringify({ ...view, ...own }),
    },
    call: view,
  };
}
