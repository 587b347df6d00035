/** What a body says, as far as that does not depend on the vendor: its bytes, its text, and what is in the text. */
import type { InboundRequest } from '../../dialect.js';
import { decodeText } from '../charset/decode-text.js';
import type { TextHints } from '../charset/decode-text.js';
import { wideText } from '../charset/wide-text.js';
import { boundaryOf, readMultipart } from '../forms/read-multipart.js';
import { readForm } from '../read-form.js';
import type { FormFields, FormHints, Names } from '../read-form.js';
import { readAnyJson } from '../read-json.js';
import { formatOf, withoutMarks } from '../sniff-format.js';
import { isBlank } from '../scalars.js';
import { unpackBody } from './unpack-body.js';

/** `blank`: there is a body that says nothing (`value`, where it is JSON), or none. `prose`: it is none of the formats. */
export type Body =
  | { kind: 'blank'; value?: unknown }
  | { kind: 'json'; value: unknown }
  | { kind: 'fields'; fields: [name: string, value: unknown][]; unread: readonly string[] }
  | { kind: 'xml'; text: string }
  | { kind: 'unreadable'; prose: boolean; reason: string };

const CHARSET_PARAMETER = /\bcharset\s*=\s*["']?([\w.:-]+)/i;
const PROLOG = /<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)["']/i;
const PROLOG_BYTES = 300;
/** JSON in a text in JSON, or in a field of a form that is all there is of it. */
const MAX_WRAPPERS = 3;
/** Names that people give to the one field that holds a message. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'payload',
  'json',
  'body',
  'message',
  'data',
  'event',
  'cdr',
  'xml',
]);
const XML_DOCUMENT = /^<(?:\?xml\s|([a-z][\w:.-]*)[\s>][\s\S]*<\/\1\s*>$)/i;
const NO_FORMAT = 'The body is neither JSON nor XML nor a form.';

/**
 * What helps to read the texts of a request.
 *
 * @param names  that the dialect knows
 */
export function hintsOf(
  { headers, country }: Pick<InboundRequest, 'headers' | 'country'>,
  names?: Names,
): FormHints {
  return { charset: CHARSET_PARAMETER.exec(headers['content-type'] ?? '')?.[1], country, names };
}

export function readBody(request: Pick<InboundRequest, 'headers' | 'body' | 'country'>, names?: Names): Body {
  const { headers } = request;
  const unpacked = unpackBody(request.body, headers['content-encoding']);
  if (!unpacked.ok) return { kind: 'unreadable', prose: false, reason: unpacked.reason };
  const { bytes } = unpacked;
  if (bytes.length === 0) return { kind: 'blank' };
  const contentType = headers['content-type'];
  const hints = hintsOf(request, names);
  switch (formatOf(bytes, contentType)) {
    case 'json':
      return ofJson(withoutMarks(decodeText(bytes, hints)), 0);
    case 'xmlrpc':
      return ofXml(decodeText(bytes, withProlog(bytes, hints)));
    case 'form':
      return ofForm(bytes, contentType, hints);
  }
}

/** An XML document says itself what it is in. */
export function withProlog(bytes: Uint8Array, hints: TextHints): TextHints {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PROLOG_BYTES)).toString(
    'latin1',
  );
  const charset = PROLOG.exec(head)?.[1];
  return charset === undefined ? hints : { ...hints, charset };
}

function ofXml(text: string): Body {
  const start = text.indexOf('<');
  if (start === -1 || !text.includes('>', start))
    return withoutMarks(text) === '' ? { kind: 'blank' } : unreadable();
  // What stands behind the last tag belongs to nothing.
  return { kind: 'xml', text: text.slice(start, text.lastIndexOf('>') + 1) };
}

function ofForm(bytes: Uint8Array, contentType: string | undefined, hints: FormHints): Body {
  const wide = wideText(bytes);
  const binary = binaryOf(wide === undefined ? bytes : Buffer.from(wide));
  const boundary = boundaryOf(binary.slice(0, 2000), contentType);
  const form =
    boundary === undefined ? readForm(markless(binary), hints) : readMultipart(binary, boundary, hints);
  const wrapped = unwrapped(form, 0);
  if (wrapped !== undefined) return wrapped;
  if (form.fields.every(([name, value]) => name.trim() === '' && isBlank(value))) return { kind: 'blank' };
  return boundary !== undefined || binary.includes('=') || form.fields.length > 1
    ? { kind: 'fields', ...form }
    : unreadable();
}

/** One character a byte. */
function binaryOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function markless(binary: string): string {
  return binary.replace(/^[\0-\x20]*(?:\xef\xbb\xbf)+/, '');
}

/** What the JSON of a body is, where it is a message by itself, or text that holds one. */
function ofJson(text: string, depth: number): Body {
  if (isNothing(text)) return { kind: 'blank' };
  const reading = readAnyJson(text);
  if (!reading.ok) return { kind: 'unreadable', prose: !/^[{["]/.test(text), reason: reading.reason };
  const { value } = reading;
  if (typeof value === 'string') return ofText(value, depth + 1) ?? { kind: 'json', value };
  return isBlankJson(value) ? { kind: 'blank', value } : { kind: 'json', value };
}

/** A message within a text; undefined where there is none. */
function ofText(given: string, depth: number): Body | undefined {
  const text = withoutMarks(given).trim();
  if (text === '') return { kind: 'blank' };
  if (depth > MAX_WRAPPERS) return undefined;
  if (/^[{["]/.test(text)) {
    const body = ofJson(text, depth);
    return body.kind === 'unreadable' ? undefined : body;
  }
  return XML_DOCUMENT.test(text) ? { kind: 'xml', text } : undefined;
}

/**
 * A form of which one field holds the message: the only one, whatever it is called, or one whose name says so. What stands
 * beside it stays.
 */
function unwrapped({ fields, unread }: FormFields, depth: number): Body | undefined {
  const filled = fields.filter(([name, value]) => name !== '' || !isBlank(value));
  const [only, second] = filled;
  if (only !== undefined && second === undefined) {
    const [name, value] = only;
    return ofMessage(typeof value === 'string' && value !== '' ? value : name, depth + 1);
  }
  const at = filled.findIndex(
    ([name, value]) => WRAPPERS.has(name.toLowerCase()) && typeof value === 'string',
  );
  const [, value] = filled[at] ?? [];
  const inner = typeof value === 'string' ? ofMessage(value, depth + 1) : undefined;
  if (inner?.kind !== 'json' || !isObject(inner.value)) return undefined;
  const outer = filled.filter((_, index) => index !== at);
  return { kind: 'fields', fields: [...outer, ...Object.entries(inner.value)], unread };
}

function ofMessage(text: string, depth: number): Body | undefined {
  const body = ofText(text, depth);
  if (body?.kind === 'xml') return body;
  if (body?.kind !== 'json') return undefined;
  const items: unknown[] = Array.isArray(body.value) ? body.value : [body.value];
  return items.every(isObject) ? body : undefined;
}

function isNothing(text: string): boolean {
  return /^\s*(?:undefined|null|nil|none)?\s*$/i.test(text);
}

function isBlankJson(value: unknown): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.every(isBlankJson);
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(): Body {
  return { kind: 'unreadable', prose: true, reason: NO_FORMAT };
}
