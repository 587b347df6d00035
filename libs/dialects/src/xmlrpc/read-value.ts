/** Reads one `<value>` of XML-RPC (xmlrpc.com/spec), with what real stacks add: `i8`, `nil`, `i1`, `i2`, `float`, `ex:` prefixes. */
import { readText } from '../content/read-text.js';
import type { XmlElement } from './read-xml.js';
import type { XmlRpcValue } from './value.js';

/** Thrown for a value that is not one; caught where a message is read. */
export class NotAValue extends Error {}

const SCALARS: Record<string, (text: string) => XmlRpcValue> = {
  string: (text) => text,
  int: integer,
  i1: integer,
  i2: integer,
  i4: integer,
  i8: integer,
  double: decimal,
  float: decimal,
  boolean: truth,
  'datetime.iso8601': (text) => text.trim(),
  base64: decoded,
  nil: () => null,
};

const INTEGER = /^[+-]?\d{1,20}$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** @throws NotAValue */
export function readValue(value: XmlElement): XmlRpcValue {
  const [typed, second] = value.children;
  // A value without a type is a string (white space and all).
  if (typed === undefined) return value.text;
  if (second !== undefined) throw new NotAValue('A value holds more than one type.');
  const type = typed.name.slice(typed.name.indexOf(':') + 1);
  if (type === 'struct') return readStruct(typed);
  if (type === 'array')
    return childrenNamed(childrenNamed(typed, 'data')[0] ?? typed, 'value').map(readValue);
  const read = Object.hasOwn(SCALARS, type) ? SCALARS[type] : undefined;
  if (read === undefined) throw new NotAValue('A value has a type that XML-RPC does not know.');
  if (typed.children.length > 0) throw new NotAValue('A simple value holds elements.');
  return read(typed.text);
}

export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** Of members with the same name the last one counts, as in JSON. */
function readStruct(struct: XmlElement): XmlRpcValue {
  return Object.fromEntries(
    childrenNamed(struct, 'member').map((member) => {
      const [name] = childrenNamed(member, 'name');
      const [value] = childrenNamed(member, 'value');
      if (name === undefined) throw new NotAValue('A member of a struct has no name.');
      return [name.text.trim(), value === undefined ? '' : readValue(value)];
    }),
  );
}

/** An empty number is what some stacks make of null. */
function integer(text: string): XmlRpcValue {
  const digits = text.trim();
  if (digits === '') return null;
  if (!INTEGER.test(digits)) throw new NotAValue('An integer is not one.');
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}

function decimal(text: string): XmlRpcValue {
  const digits = text.trim();
  if (digits === '') return null;
  const number = DECIMAL.test(digits) ? Number(digits) : Number.NaN;
  if (!Number.isFinite(number)) throw new NotAValue('A double is not a number.');
  return number;
}

function truth(text: string): XmlRpcValue {
  const word = text.trim().toLowerCase();
  if (word === '1' || word === 'true') return true;
  if (word === '0' || word === 'false') return false;
  throw new NotAValue('A boolean is neither 0 nor 1.');
}

function decoded(text: string): XmlRpcValue {
  const reading = readText(Buffer.from(text, 'base64'));
  return reading.ok ? reading.text : text.trim();
}
