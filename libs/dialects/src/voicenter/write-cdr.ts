/** Writes Voicenter's CDR notification as the vendor does: for the simulator, and for CRMs that were written for it. */
import type { Reply, WireFormat } from '../dialect.js';
import { writeCall } from '../xmlrpc/write-message.js';
import type { Writable } from '../xmlrpc/write-value.js';
import { squeezed } from '../content/squeezed.js';

/** A CDR in the vendor's own fields, spelled as they shall be written. `undefined` fields are left out. */
export type CdrFields = Readonly<Record<string, Writable>>;

/** The formats that a CDR is sent in. */
export type CdrFormat = Extract<WireFormat, 'json' | 'form' | 'xmlrpc'>;

/** @returns what to POST. A form has no nested values: they are written as JSON text, null as nothing. */
export function writeCdr(fields: CdrFields, format: CdrFormat): Reply {
  return WRITERS[format](fields);
}

const WRITERS: Record<CdrFormat, (fields: CdrFields) => Reply> = {
  json: (fields) => ({ contentType: 'application/json', body: toJson(fields) }),
  form: (fields) => ({
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(toForm(fields)).toString(),
  }),
  xmlrpc: (fields) => ({
    contentType: 'text/xml',
    body: writeCall('CDR', [withLongTime(withoutNil(fields))]),
  }),
};

function toForm(fields: CdrFields): [string, string][] {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return present.map(([name, value]) => [name, formText(value)]);
}

function formText(value: Writable): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? toJson(value) : String(value);
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) => (typeof each === 'bigint' ? Number(each) : each));
}

/** `nil` is no type of XML-RPC's own, and a stack without it refuses the whole message: a value that is none is left out. */
function withoutNil(fields: CdrFields): CdrFields {
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, nilFree(value)]));
}

function nilFree(value: Writable): Writable {
  if (typeof value !== 'object' || value === null) return value;
  return isList(value) ? value.filter((each) => each !== null).map(nilFree) : withoutNil(value);
}

/** Array.isArray does not narrow a readonly array. */
function isList(value: object): value is readonly Writable[] {
  return Array.isArray(value);
}

/** The seed prints `time` as an `i8`, however small it is, and nothing else. */
function withLongTime(fields: CdrFields): CdrFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const long = squeezed(name) === 'time' && typeof value === 'number' && Number.isSafeInteger(value);
      return [name, long ? BigInt(value) : value];
    }),
  );
}
