/**
 * The tenant's own request: method, URL, headers and body with `{{ path.to.value }}` placeholders into the event, which has
 * the members of the `standard` format: id, type, timestamp, sequence, data.
 */
import { type Piece, SettingsReader, asText, filled, readPieces, readUrl, valueOf } from '#domain';
import { acceptsAll } from '../content/accepts-all.js';
import { hasFixedHost, percentEncoded, staysInPlace } from '../content/url-values.js';
import type { Format, Method, OutgoingMessage, ToldEvent, Writer, Writing } from '../format.js';
import { bodyKindOf, readBody, type BodyWriter } from './body-writers.js';
import { readHeaders, writeHeaders, writtenOut, type HeaderTemplates } from './headers.js';

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const MAX_URL_LENGTH = 2048;
const MAX_BODY_LENGTH = 32 * 1024;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+(;[\x20-\x7e]*)?$/;

interface Settings {
  method: Method;
  /** Undefined: the endpoint's own URL. */
  url: readonly Piece[] | undefined;
  headers: HeaderTemplates;
  contentType: string;
  /** Undefined: no body. */
  body: BodyWriter | undefined;
}

export const template: Format = {
  name: 'template',
  title: 'Template',
  about: 'Your own method, URL, headers and body, with {{ placeholders }} for the values of an event.',
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const stored = {
      method: reader.choice('method', METHODS, 'POST'),
      url: reader.text('url', { max: MAX_URL_LENGTH }),
      headers: reader.value('headers') ?? {},
      contentType: reader.text('contentType', { max: 200, byDefault: 'application/json' }),
      body: reader.text('body', { max: MAX_BODY_LENGTH }),
    };
    if (!MEDIA_TYPE.test(stored.contentType)) reader.complain('contentType', 'This is no media type.');
    if (stored.body !== '' && stored.method === 'GET') reader.complain('body', 'A GET request has no body.');
    const settings: Settings = {
      method: stored.method,
      url: stored.url === '' ? undefined : readAddress(reader, stored.url),
      headers: readHeaders(reader),
      contentType: stored.contentType,
      body: stored.body === '' ? undefined : readBodyTemplate(reader, stored.body, stored.contentType),
    };
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, writer: writerWith(settings, stored) };
  },
};

function readAddress(reader: SettingsReader, text: string): readonly Piece[] {
  const reading = readPieces(text);
  if (!reading.ok) {
    reader.complain('url', `${reading.problem} (position ${reading.position}).`);
    return [];
  }
  const [first] = reading.pieces;
  const isWhole =
    typeof first === 'string' && hasFixedHost(first) && readUrl(harmless(reading.pieces)) !== null;
  // A host that ends with the first piece would go on with the first value.
  const goesOn =
    reading.pieces.length > 1 && typeof first === 'string' && !/^https?:\/\/[^/?#]+[/?#]/i.test(first);
  if (!isWhole || goesOn) {
    reader.complain(
      'url',
      'This is not a complete URL whose host is written out and ends before any placeholder.',
    );
  }
  return reading.pieces;
}

function readBodyTemplate(reader: SettingsReader, text: string, contentType: string): BodyWriter | undefined {
  const reading = readPieces(text);
  if (!reading.ok) {
    reader.complain('body', `${reading.problem} (position ${reading.position}).`);
    return undefined;
  }
  const body = readBody(reading.pieces, bodyKindOf(contentType));
  if (!body.ok) reader.complain('body', body.problem);
  return body.ok ? body.write : undefined;
}

function writerWith(settings: Settings, stored: Record<string, unknown>): Writer {
  return {
    settings: stored,
    urls: settings.url === undefined ? [] : [{ path: 'url', url: harmless(settings.url) }],
    ownHeaders: writtenOut(settings.headers),
    write: (event, url) => write(event, url, settings),
    readReply: acceptsAll,
  };
}

function write(
  event: ToldEvent,
  own: string,
  { method, url, headers, contentType, body }: Settings,
): Writing {
  const context = contextOf(event);
  const to = url === undefined ? own : filled(url, (hole) => percentEncoded(asText(valueOf(hole, context))));
  if (url !== undefined && !staysInPlace(to, harmless(url))) {
    return { kind: 'nothing', reason: 'no URL for it: a value would lead to another page of the host' };
  }
  const written = body?.(context) ?? null;
  const message: OutgoingMessage = {
    key: 'event',
    method,
    url: to,
    headers: {
      ...(written === null ? {} : { 'content-type': contentType }),
      ...writeHeaders(headers, context),
    },
    body: written,
  };
  return { kind: 'messages', messages: [message], independent: true };
}

function contextOf({ id, type, occurredAt, sequence, payload }: ToldEvent): unknown {
  const data: unknown = JSON.parse(payload);
  return { id, type, timestamp: new Date(occurredAt).toISOString(), sequence, data };
}

/** With a value that does no harm in any place. */
function harmless(pieces: readonly Piece[]): string {
  return filled(pieces, () => 'x');
}
