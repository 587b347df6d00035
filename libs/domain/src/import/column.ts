/** What a column of a file holds. Written as text, so that it can be said in a URL and kept as it was said. */

const PLAIN = ['externalId', 'name', 'firstName', 'lastName', 'company', 'email', 'url'] as const;
export type PlainColumn = (typeof PLAIN)[number];

export type Column =
  | { is: PlainColumn }
  /** A number, with what kind of number it is. */
  | { is: 'phone'; label: string | null }
  /** A field of the tenant's own. */
  | { is: 'metadata'; key: string }
  | { is: 'nothing' };

const LONGEST_WORD = 64;
/** Keys that mean something else to JavaScript. */
const NO_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads `externalId`, `name`, `firstName`, `lastName`, `company`, `email`, `url`, `phone`, `phone:mobile`, `metadata:segment`, or
 * an empty text for a column that is left out.
 *
 * @returns undefined for anything else
 */
export function readColumn(text: string): Column | undefined {
  if (text === '') return { is: 'nothing' };
  if (text === 'phone') return { is: 'phone', label: null };
  if ((PLAIN as readonly string[]).includes(text)) return { is: text as PlainColumn };
  const colon = text.indexOf(':');
  const [kind, word] = [text.slice(0, colon), text.slice(colon + 1).trim()];
  if (colon < 0 || word === '' || word.length > LONGEST_WORD) return undefined;
  if (kind === 'phone') return { is: 'phone', label: word };
  return kind === 'metadata' && !NO_KEYS.has(word) ? { is: 'metadata', key: word } : undefined;
}

export function writeColumn(column: Column): string {
  if (column.is === 'nothing') return '';
  if (column.is === 'phone') return column.label === null ? 'phone' : `phone:${column.label}`;
  return column.is === 'metadata' ? `metadata:${column.key}` : column.is;
}

/** What makes a list of columns useless: a contact needs a name, or something that can stand for one. */
export function faultOfColumns(columns: readonly Column[]): string | undefined {
  const written = columns.filter(({ is }) => is !== 'nothing').map(writeColumn);
  const twice = written.find((text, at) => !text.startsWith('phone') && written.indexOf(text) !== at);
  if (twice !== undefined) return `${twice} is in two columns: leave one of them out.`;
  const named = columns.some(({ is }) => is !== 'nothing' && is !== 'metadata' && is !== 'externalId');
  return named ? undefined : 'No column has a name, a company, an e-mail address or a phone number.';
}
