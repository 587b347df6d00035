/** Asks Voicenter's facade and writes its answers as a test needs them. For tests only. */
import type { Ask, AskResult, Told, ToldCall } from '#domain';
import { askedExample } from '../../conformance/asked.fixture.js';
import type { FacadeReading, FacadeReply, FacadeSettings } from '../../facade.js';
import { voicenterApi } from './voicenter-api.js';

export const IN_ISRAEL: FacadeSettings = { timeZone: 'Asia/Jerusalem', country: 'IL', epochs: 'local' };

/** A request by its file in `fixtures/<route>`, or by its query. */
export function readAsked(
  route: string,
  given: string | { query?: string; body?: string; headers?: Record<string, string> },
  settings: FacadeSettings | null = IN_ISRAEL,
): FacadeReading {
  if (typeof given === 'string') {
    return voicenterApi.read(askedExample(voicenterApi, route, given).request, route, settings);
  }
  const { query = '', body = '', headers = {} } = given;
  const request = { method: 'POST', path: '/', query, headers, body: Buffer.from(body) };
  return voicenterApi.read(request, route, settings);
}

export function askOf(...args: Parameters<typeof readAsked>): Ask {
  const { ask } = readAsked(...args);
  if (!ask.ok) throw new Error(JSON.stringify(ask.failure));
  return ask.ask;
}

/** The reason of a request that cannot be read as one. */
export function problemOf(...args: Parameters<typeof readAsked>): string {
  const { ask } = readAsked(...args);
  if (ask.ok) throw new Error('It can be read.');
  return 'reason' in ask.failure ? ask.failure.reason : ask.failure.code;
}

/** What is answered to that request when this came of it. */
export function replyTo(
  { route, manner }: FacadeReading,
  result: AskResult,
  settings: FacadeSettings | null = IN_ISRAEL,
): FacadeReply {
  return voicenterApi.write(result, { route, manner }, settings);
}

export function replyTelling(reading: FacadeReading, told: Told, settings?: FacadeSettings): FacadeReply {
  return replyTo(reading, { ok: true, told }, settings);
}

export function jsonOf({ body }: FacadeReply): Record<string, unknown> {
  return JSON.parse(body) as Record<string, unknown>;
}

/** A month that every call of these tests is asked for in. */
export const span = 'fromdate=2026-11-01T00:00&todate=2026-11-30T00:00';

/** What the call log answers of these calls. */
export function logOf(
  query: string,
  calls: readonly ToldCall[],
  settings?: Partial<FacadeSettings>,
  total = calls.length,
) {
  const reading = readAsked('call-log', { query: `${span}&${query}` });
  return jsonOf(replyTelling(reading, { kind: 'call_log', calls, total }, { ...IN_ISRAEL, ...settings })) as {
    TOTAL_HITS: number;
    RETURN_HITS: number;
    ERROR_NUMBER: number;
    CDR_LIST: Record<string, unknown>[];
  };
}
export const rowsOf = (query: string, ...calls: ToldCall[]) => logOf(query, calls).CDR_LIST;
