/** Asterisk's events, as its REST interface (ARI) tells them; FreePBX is one. Source: design "Telephony API", section 5. */
import { emptyReply } from '../content/empty-reply.js';
import { readElements } from '../content/read-elements.js';
import { readRecords } from '../content/read-records.js';
import { sniffPlainFormat } from '../content/sniff-plain-format.js';
import { squeezed } from '../content/squeezed.js';
import type { Dialect, DialectSettings, InboundRequest, Reading } from '../dialect.js';
import { ARI_LINES } from './ari-lines.js';
import { guide } from './guide.js';
import { readEvent } from './read-event.js';
import { socketProtocol } from './socket-protocol.js';

/** How far the PBX's clock was ahead of ours when the message came, ms. */
const AHEAD = 'x-switchhook-clock-ahead-ms';
/** What is ahead by more is no clock. */
const MOST_AHEAD_MS = 366 * 24 * 3600 * 1000;

const OWN: ReadonlySet<string> = new Set(['type', 'channel', 'peer', 'timestamp', 'application']);

export const asterisk: Dialect = {
  name: 'asterisk',
  routes: ARI_LINES,
  // Times are written out with their offset.
  defaultEpochs: 'utc',
  defaultTimeZone: 'Asia/Jerusalem',
  defaultCountry: 'IL',
  sendsNoCdr: true,
  tellsEveryLeg: true,
  socket: socketProtocol,
  guide,
  read,
  sniff: sniffPlainFormat,
  reply: emptyReply,
};

/** An event, or a list of them. */
function read(request: InboundRequest, settings: DialectSettings): Reading {
  const reading = readRecords(request, (name) => OWN.has(squeezed(name)));
  if (!reading.ok) return reading;
  const { format, records, unread } = reading;
  if (format !== 'json') return { ok: false, format, reason: 'An event of ARI is JSON.' };
  const context = { settings, aheadMs: aheadIn(request.headers[AHEAD]) };
  return readElements(records, { format, what: 'event', unread }, (record) => readEvent(record, context));
}

function aheadIn(header: string | undefined): number {
  const ahead = header === undefined || header.trim() === '' ? 0 : Number(header);
  return Number.isFinite(ahead) && Math.abs(ahead) <= MOST_AHEAD_MS ? ahead : 0;
}
