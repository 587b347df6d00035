/** What a column of a file of leads holds. Written as text, as those of contacts are. */
import { MOST_ORDER_VARIABLES } from '../order/order.js';

const PLAIN = [
  'phone',
  'name',
  'priority',
  'callerId',
  'callerName',
  'notBefore',
  'consentAt',
  'region',
  'postal',
  'zone',
  'maxTries',
] as const;
export type PlainLeadColumn = (typeof PLAIN)[number];

export type LeadColumn =
  | { is: PlainLeadColumn }
  /** Told with the call, by this name. */
  | { is: 'custom'; name: string }
  | { is: 'nothing' };

export const LONGEST_CUSTOM_NAME = 64;
/** Names that mean something else to JavaScript. */
const NO_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
const CUSTOM = 'custom:';

/**
 * Reads `phone`, `name`, `priority`, `callerId`, `callerName`, `notBefore`, `consentAt`, `region`, `postal`, `zone`, `maxTries`,
 * `custom:segment`, or an empty text for a column that is left out.
 *
 * @returns undefined for anything else
 */
export function readLeadColumn(text: string): LeadColumn | undefined {
  if (text === '') return { is: 'nothing' };
  if ((PLAIN as readonly string[]).includes(text)) return { is: text as PlainLeadColumn };
  if (!text.startsWith(CUSTOM)) return undefined;
  const name = text.slice(CUSTOM.length).trim();
  return name === '' || name.length > LONGEST_CUSTOM_NAME || NO_NAMES.has(name)
    ? undefined
    : { is: 'custom', name };
}

export function writeLeadColumn(column: LeadColumn): string {
  if (column.is === 'nothing') return '';
  return column.is === 'custom' ? CUSTOM + column.name : column.is;
}

/** What makes a list of columns useless: nobody can be called without a number. */
export function faultOfLeadColumns(columns: readonly LeadColumn[]): string | undefined {
  const written = columns.filter(({ is }) => is !== 'nothing').map(writeLeadColumn);
  const twice = written.find((text, at) => written.indexOf(text) !== at);
  if (twice !== undefined) return `${twice} is in two columns: leave one of them out.`;
  const custom = columns.filter(({ is }) => is === 'custom').length;
  if (custom > MOST_ORDER_VARIABLES) {
    return `${String(custom)} columns are told with the call, and at most ${String(MOST_ORDER_VARIABLES)} can be: leave the others out.`;
  }
  return written.includes('phone') ? undefined : 'No column has the phone number.';
}
