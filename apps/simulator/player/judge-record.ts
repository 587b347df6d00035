import type { CallView } from '#domain';
import type { ExpectedCall } from '../voices/voice.js';

/** Numbers with fewer digits are extensions, and have one spelling. */
const LEAST_NUMBER = 7;

const CHECKS: readonly (readonly [string, (expected: ExpectedCall, record: CallView) => unknown])[] = [
  ['state', (_, { state }) => state === 'ended'],
  ['direction', (expected, { direction }) => direction === expected.direction],
  ['result', (expected, { result }) => result === expected.result],
  ['from', (expected, { from }) => sameNumber(expected.from, from.original)],
  ['to', (expected, { to }) => sameNumber(expected.to, to.original)],
  ['extension', ({ extensions }, record) => isOneOf(extensions, record.extension)],
  ['queue', (expected, { queue }) => (queue?.name ?? null) === expected.queue],
  ['ivrPath', (expected, record) => digitsOf(record) === expected.ivrDigits],
  ['customData', ({ customData }, record) => holds(record.customData, customData)],
  ['transferOf', (expected, { transferOf }) => transferOf === expected.transferOf],
  ['legs', ({ legs }, record) => legs === null || Math.max(1, record.legs.length) === legs],
];

/** The parts of the record that are not what really happened; none when it is right. */
export function judgeRecord(expected: ExpectedCall, record: CallView): string[] {
  return CHECKS.filter(([, holdsTrue]) => holdsTrue(expected, record) !== true).map(([part]) => part);
}

/** Local and international spellings of a number end alike. */
function sameNumber(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.replace(/\D/g, ''));
  if (a === undefined || b === undefined || Math.min(a.length, b.length) < LEAST_NUMBER) return one === other;
  return a.endsWith(b.slice(-LEAST_NUMBER)) && b.endsWith(a.slice(-LEAST_NUMBER));
}

function isOneOf(extensions: readonly string[], extension: string | null): boolean {
  return extensions.length === 0 || (extension !== null && extensions.includes(extension));
}

/** Layers in which nothing was pressed say nothing, or 0. */
function digitsOf({ ivrPath }: CallView): string {
  return ivrPath.map(({ digits }) => (digits === '0' ? '' : (digits ?? ''))).join('');
}

function holds(all: Readonly<Record<string, unknown>>, some: Readonly<Record<string, string>>): boolean {
  return Object.entries(some).every(([name, value]) => all[name] === value);
}
