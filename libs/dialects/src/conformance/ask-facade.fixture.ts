/** Asks the facade whose path it is, as the edge does, and tells it what came of the ask. */
import {
  id,
  instant,
  readParty,
  type AskFailure,
  type AskResult,
  type Call,
  type Told,
  type ToldCall,
  type ToldExtension,
} from '#domain';
import type { FacadeReading, FacadeReply, FacadeSettings } from '../facade.js';
import { routeOf } from '../facades.js';

export const IN_ISRAEL: FacadeSettings = { timeZone: 'Asia/Jerusalem', country: 'IL', epochs: 'local' };

export interface Asking {
  headers?: Record<string, string>;
  body?: string | object;
  settings?: FacadeSettings | null;
}

export interface Asked extends FacadeReading {
  answer: (result: AskResult) => FacadeReply;
  tell: (told: Told) => FacadeReply;
  fail: (failure: AskFailure) => FacadeReply;
}

/** @param url  path and query; a body that is no text is sent as JSON */
export function askFacade(
  method: string,
  url: string,
  { headers = {}, body = '', settings = IN_ISRAEL }: Asking = {},
): Asked {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const found = routeOf(path);
  if (found === undefined) throw new Error(`Nobody serves ${path}.`);
  const { facade, route } = found;
  const sent = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const request = { method, path: path.replace(/\/$/, ''), query, headers, body: sent };
  const reading = facade.read(request, route.name, settings);
  const answer = (result: AskResult) => facade.write(result, reading, settings);
  return {
    ...reading,
    answer,
    tell: (told) => answer({ ok: true, told }),
    fail: (failure) => answer({ ok: false, failure }),
  };
}

/** 2026-11-21 11:30:00 in Jerusalem. */
export const HALF_PAST_NINE = instant(Date.UTC(2026, 10, 21, 9, 30));
const SECOND = 1000;

/** An incoming call to 101 that was answered after 5 s and talked in for a minute. */
export function callTold(more: Partial<Call> = {}, told: Partial<ToldCall> = {}): ToldCall {
  const call: Call = {
    id: id('019a0000-0000-7000-8000-0123456789ab'),
    connectionId: id('019a0000-0000-7000-8000-000000000001'),
    vendorCallId: 'v-1',
    state: 'ended',
    direction: 'inbound',
    result: 'answered',
    missed: false,
    vendorType: '',
    vendorStatus: '',
    startedAt: HALF_PAST_NINE,
    answeredAt: instant(HALF_PAST_NINE + 5 * SECOND),
    endedAt: instant(HALF_PAST_NINE + 65 * SECOND),
    ringSeconds: 5,
    queueSeconds: null,
    talkSeconds: 60,
    from: readParty('0501234567', 'IL'),
    to: readParty('0722776772', 'IL'),
    did: null,
    extension: '101',
    agent: null,
    queue: null,
    department: null,
    price: null,
    recordings: [],
    ivrPath: [],
    customData: {},
    transferOf: null,
    ai: null,
    unreadableFields: [],
    context: null,
    match: null,
    notes: [],
    closedAt: null,
    legs: [],
    ...more,
  };
  return { call, callId: '20261121113000abcdef0123456789ab', transferOf: null, recordingUrls: [], ...told };
}

/** A call of 101 that goes on: it rings, or has been answered. */
export function liveCall(state: 'ringing' | 'answered', more: Partial<Call> = {}): ToldCall {
  const unanswered = state === 'ringing' ? { answeredAt: null, result: 'unknown' as const } : {};
  return callTold({ state, endedAt: null, talkSeconds: null, ...unanswered, ...more });
}

export function extensionTold(more: Partial<ToldExtension> = {}): ToldExtension {
  return {
    number: 7,
    extension: '101',
    aliases: [],
    name: 'Dana',
    agent: null,
    device: 'reachable',
    standing: null,
    status: null,
    calls: [],
    ...more,
  };
}
