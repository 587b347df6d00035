/**
 * Reads one `<value>` of XML-RPC (xmlrpc.com/spec), with what real stacks add: `i8`, `nil`, `i1`, `i2`, `float`, `ex:`
 * prefixes.
 *
 * A value that is not what its type says is its text, and one of an unknown type what is in it: what it may still mean is
 * for whoever reads the field to say. It is known as odd (`structFields`).
 */
import { isExact } from '../content/json/exact-numbers.js';
import { rememberRepeated } from '../content/members.js';
import { readText } from '../content/read-text.js';
import type { XmlElement } from './read-xml.js';
import type { XmlRpcStruct, XmlRpcValue } from './value.js';
import { xmlValue } from './xml-value.js';

/** Undefined for a text that is no such value. */
type Scalar = (text: string) => XmlRpcValue | undefined;

const SCALARS = new Map<string, Scalar>(
  Object.entries({
    string: (text: string) => text,
    int: integer,
    i1: integer,
    i2: integer,
    i4: integer,
    i8: integer,
    short: integer,
    long: integer,
    integer,
    biginteger: integer,
    double: decimal,
    float: decimal,
    decimal,
    bigdecimal: decimal,
    boolean: truth,
    bool: truth,
    'datetime.iso8601': (text: string) => text.trim(),
    datetime: (text: string) => text.trim(),
    base64: decoded,
    nil: () => null,
    null: () => null,
  }),
);

/** Digits that mean a whole number: some stacks write every number as a fraction. */
const INTEGER = /^([+-]?\d{1,20})(?:\.0*)?$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

interface Read {
  value: XmlRpcValue;
  odd: boolean;
}

const oddMembers = new WeakMap<XmlRpcStruct, ReadonlySet<string>>();

/** Names of the members of a struct that are not what their types say. */
export function oddMembersOf(struct: object): ReadonlySet<string> {
  return oddMembers.get(struct as XmlRpcStruct) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

export function readValue(value: XmlElement): XmlRpcValue {
  return read(value).value;
}

function read(value: XmlElement): Read {
  const [typed, second] = value.children;
  // A value without a type is a string (white space and all).
  if (typed === undefined) return { value: value.text, odd: false };
  if (second !== undefined) return { value: value.children.map(xmlValue), odd: true };
  const type = typed.name;
  if (type === 'struct') return { value: readStruct(typed), odd: false };
  if (type === 'array') {
    const items = childrenNamed(childrenNamed(typed, 'data')[0] ?? typed, 'value');
    return { value: items.map(readValue), odd: false };
  }
  const scalar = SCALARS.get(type);
  if (scalar === undefined || typed.children.length > 0) return { value: xmlValue(typed), odd: true };
  const meant = scalar(typed.text);
  return meant === undefined ? { value: typed.text, odd: true } : { value: meant, odd: false };
}

function firstNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Of members with the same name the last one counts, as in JSON, and all are remembered. */
function readStruct(element: XmlElement): XmlRpcStruct {
  const odd = new Set<string>();
  const struct = rememberRepeated(
    childrenNamed(element, 'member').map((member): [string, XmlRpcValue] => {
      const name = firstNamed(member, 'name')?.text.trim() ?? '';
      const value = firstNamed(member, 'value');
      const reading = value === undefined ? { value: '', odd: false } : read(value);
      if (reading.odd) odd.add(name);
      else odd.delete(name);
      return [name, reading.value];
    }),
  );
  if (odd.size > 0) oddMembers.set(struct, odd);
  return struct;
}

/** An empty number is what some stacks make of null. */
function integer(text: string): XmlRpcValue | undefined {
  if (text.trim() === '') return null;
  const digits = INTEGER.exec(text.trim())?.[1];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}

/** Its digits as text where a number would not keep them: an id may be written so. */
function decimal(text: string): XmlRpcValue | undefined {
  const digits = text.trim();
  if (digits === '') return null;
  const number = DECIMAL.test(digits) ? Number(digits) : Number.NaN;
  if (!Number.isFinite(number)) return undefined;
  return isExact(digits) || String(number) === digits ? number : digits;
}

function truth(text: string): XmlRpcValue | undefined {
  const word = text.trim().toLowerCase();
  if (word === '1' || word === 'true') return true;
  return word === '0' || word === 'false' ? false : undefined;
}

function decoded(text: string): XmlRpcValue | undefined {
  if (!BASE64.test(text.replace(/\s+/g, ''))) return undefined;
  const reading = readText(Buffer.from(text, 'base64'));
  return reading.ok ? reading.text : text.trim();
}
