/** What messages of one call come to in the end: the record that is shown outside. For tests only. */
import { callView, foldCall, id, instant, normaliseLeg } from '#domain';
import type { CallId, CallView, ConnectionId, Party } from '#domain';
import type { Dialect, InboundRequest } from '../dialect.js';

/** When every message is received: the time of what has none of its own. */
export const RECEIVED = '2026-11-21T09:30:00.000Z';

/** A message as it is sent, the rest of it as plain as can be. A `.query` goes by GET; a final line break is the editor's. */
export function messageOf(path: string, bytes: Buffer): InboundRequest {
  const route = path.split('/')[0] ?? '';
  return path.endsWith('.query')
    ? { method: 'GET', route, query: bytes.toString().trimEnd(), headers: {}, body: new Uint8Array() }
    : { method: 'POST', route, query: '', headers: {}, body: bytes };
}

/**
 * The record of messages about one call, by the dialect's own defaults. Only what is known is in it, without our own ids
 * and the legs; a party is its number as it came, with the E.164 form after it where there is one.
 *
 * @throws Error for a message that cannot be read, or that is about no call
 */
export function recordOf(dialect: Dialect, ...messages: InboundRequest[]): Record<string, unknown> {
  const reports = messages.flatMap((message) => {
    const reading = dialect.read(message, {});
    if (!reading.ok) throw new Error(reading.reason);
    return reading.reports;
  });
  const [first] = reports;
  if (first === undefined) throw new Error('The message is about no call.');
  const { defaultEpochs: epochs, defaultTimeZone: timeZone, defaultCountry: country } = dialect;
  const receivedAt = instant(Date.parse(RECEIVED));
  const legs = reports.map((report) => normaliseLeg(report, { epochs, timeZone, country }, receivedAt));
  const ids = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId: first.vendorCallId };
  return whatIsKnown(callView(foldCall(null, legs, ids).call));
}

/** Without our own ids and the legs, and without what is empty. */
export function whatIsKnown(view: CallView): Record<string, unknown> {
  const { id: _, connectionId: __, legs: ___, from, to, did, ...facts } = view;
  const told = { ...facts, from: shown(from), to: shown(to), did: did && shown(did) };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => !isNothing(value)));
}

function shown({ original, e164 }: Party): string {
  return e164 === null ? original : `${original} = ${e164}`;
}

function isNothing(value: unknown): boolean {
  return value === null || value === '' || ['[]', '{}'].includes(JSON.stringify(value));
}
