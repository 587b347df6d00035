/** Writes one `<value>` of XML-RPC. */

/** What can be written; a bigint is written as `i8` however small it is. `undefined` members are left out. */
export type Writable =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly Writable[]
  | { readonly [name: string]: Writable };

const MAX_INT = 2 ** 31;
const ESCAPES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '&#13;' };
const ESCAPED = /[<>&\r]/g;
/** XML 1.0 has no way to write these: most control characters, halves of surrogate pairs and two non-characters. */
// eslint-disable-next-line no-control-regex -- finding them is the point
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

export function writeValue(value: Writable): string {
  return `<value>${typed(value)}</value>`;
}

export function escapeXml(text: string): string {
  return text.replace(UNWRITABLE, '').replace(ESCAPED, (char) => ESCAPES[char] ?? char);
}

function typed(value: Writable): string {
  if (value === null || value === undefined) return '<nil/>';
  if (typeof value === 'string') return `<string>${escapeXml(value)}</string>`;
  if (typeof value === 'boolean') return `<boolean>${value ? '1' : '0'}</boolean>`;
  if (typeof value === 'bigint') return `<i8>${value}</i8>`;
  if (typeof value === 'number') return number(value);
  if (isList(value)) return `<array><data>${value.map(writeValue).join('')}</data></array>`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `<struct>${members.map(writeMember).join('')}</struct>`;
}

function writeMember([name, member]: [string, Writable]): string {
  return `<member><name>${escapeXml(name)}</name>${writeValue(member)}</member>`;
}

/** Array.isArray does not narrow a readonly array. */
function isList(value: object): value is readonly Writable[] {
  return Array.isArray(value);
}

function number(value: number): string {
  if (!Number.isFinite(value)) return '<nil/>';
  if (!Number.isSafeInteger(value)) return `<double>${value}</double>`;
  const type = value >= -MAX_INT && value < MAX_INT ? 'int' : 'i8';
  return `<${type}>${value}</${type}>`;
}
