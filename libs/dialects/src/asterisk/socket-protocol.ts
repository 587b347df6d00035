/** ARI's outbound WebSocket: events one way, REST in the same socket both ways. */
import type { PartThatGoesOn, SocketPart, SocketProtocol, SocketRequest, SortedMessage } from '../dialect.js';
import { ARI_LINES } from './ari-lines.js';
import { GONE, GUESSED, readAriEvent, SEEN, type AriEvent } from './ari-event.js';
import { objectOf, readChannel, textOf, type Channel } from './channel.js';
import { isAside, isQuiet } from './quiet.js';
import { reflex } from './reflex.js';
import { whoItIs } from './who-it-is.js';

/** What is kept for whatever it may be. */
const KEPT = { kind: 'event', at: null, quiet: false, part: null } as const;

export const socketProtocol: SocketProtocol = {
  lines: ARI_LINES,
  withoutLine,
  subprotocol: 'ari',
  sort,
  ask,
  whatGoesOn: { method: 'GET', path: 'channels' },
  readWhatGoesOn,
  writeGone,
  // What it subscribes to is said in the PBX's own settings.
  greet: [],
  reflex,
};

function sort(message: string): SortedMessage {
  const event = readAriEvent(parsed(message));
  if (event === undefined) return KEPT;
  if (event.type === 'RESTResponse') return answerIn(event);
  if (isAside(event)) return { kind: 'event', at: event.at, quiet: true, part: null };
  return { kind: 'event', at: event.at, quiet: isQuiet(event), part: partOf(event) };
}

/** The name of the application is all in which two lines differ. A text within a text has its quotes escaped, and is left alone. */
function withoutLine(message: string): string {
  return message.replace(/"application"\s*:\s*"[^"\\]*"/, '');
}

/** As the PBX writes it; what is no JSON to the letter is kept, and read with more patience. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One without the id of a request is kept: nobody waits for it. */
function answerIn({ fields, at }: AriEvent): SortedMessage {
  const id = textOf(fields['request_id']) || textOf(fields['transaction_id']);
  const { status_code: status, message_body: body } = fields;
  if (id === '' || typeof status !== 'number') return { ...KEPT, at };
  return { kind: 'answer', id, status, body: typeof body === 'string' ? body : '' };
}

/** Of a dialling the one who is rung. A channel is there until it is destroyed. */
function partOf({ type, fields }: AriEvent): (SocketPart & { goesOn: boolean }) | null {
  const reading = readChannel(fields[type === 'Dial' ? 'peer' : 'channel']);
  if (!reading.ok || !isSomebody(reading.channel)) return null;
  return { ...partFor(reading.channel), goesOn: type !== 'ChannelDestroyed' && type !== GONE };
}

/** With whose it is, as its leg depends on that: `1796011574.1 PJSIP/101`. */
function partFor({ id, technology, endpoint, callId }: Channel): SocketPart {
  return { part: `${id} ${`${technology}/${endpoint}`.slice(0, LONGEST_NAME)}`, callId };
}

/** An index has to hold it. */
const LONGEST_NAME = 120;
const PART = /^(.*) (\w+\/.*)$/s;

/** Which names are trunks makes no difference to that. */
function isSomebody(channel: Channel): boolean {
  return whoItIs(channel, {}) !== null;
}

function ask({ id, method, path, query, body }: SocketRequest & { id: string }): string {
  const queries = Object.entries(query ?? {}).map(([name, value]) => ({ name, value }));
  return JSON.stringify({
    type: 'RESTRequest',
    transaction_id: id,
    request_id: id,
    method,
    uri: path,
    ...(queries.length > 0 && { query_strings: queries }),
    ...(body !== undefined && { content_type: 'application/json', message_body: JSON.stringify(body) }),
  });
}

function readWhatGoesOn(body: string, at: number): readonly PartThatGoesOn[] | undefined {
  const list = parsed(body);
  if (!Array.isArray(list)) return undefined;
  return (list as unknown[]).flatMap((value) => {
    const one = readChannel(value);
    if (!one.ok || !isSomebody(one.channel)) return [];
    return [{ ...partFor(one.channel), message: ownMessage(SEEN, at, { channel: objectOf(value) }) }];
  });
}

/** Nothing is known of the channel any more but its ids and whose it was. */
function writeGone({ part, callId }: SocketPart, { at, isGuess }: { at: number; isGuess: boolean }): string {
  const [, id = part, name = ''] = PART.exec(part) ?? [];
  const channel = { id, name: `${name}-0`, channelvars: { 'CHANNEL(linkedid)': callId } };
  return ownMessage(GONE, at, { ...(isGuess && { [GUESSED]: true }), channel });
}

function ownMessage(type: string, at: number, members: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, timestamp: isoOf(at), ...members });
}

/** The end of the year 9999: what is later cannot be written. */
const LATEST_MS = 253_402_300_799_999;

function isoOf(at: number): string {
  return new Date(Number.isFinite(at) ? Math.min(Math.max(0, at), LATEST_MS) : 0).toISOString();
}
