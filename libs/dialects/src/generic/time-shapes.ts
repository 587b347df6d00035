/** How times and lengths of time are written in a mapping. */
import { isTimeZone, note, quoted, shapes, type DocumentShape } from '#domain';
import { conditions, paths } from './source-shapes.js';
import { path } from './path-shape.js';
import type { ReadyLength, ReadyTime, TimePart, TimePattern } from './ready-mapping.js';

const { listOf, members, oneOf, or, text } = shapes;

const MOST_ALTERNATIVES = 6;
/** Longer ones first. */
const PARTS: readonly (readonly [TimePart, string])[] = [
  ['YYYY', String.raw`(\d{4})`],
  ['MMM', '([A-Za-z]{3})'],
  ['MM', String.raw`(\d{1,2})`],
  ['DD', String.raw`(\d{1,2})`],
  ['HH', String.raw`(\d{1,2})`],
  ['hh', String.raw`(\d{1,2})`],
  ['mm', String.raw`(\d{2})`],
  ['ss', String.raw`(\d{2})`],
  ['SSS', String.raw`(\d{1,9})`],
  ['A', '([AaPp][Mm])'],
];
const NEEDED: readonly TimePart[] = ['YYYY', 'DD'];
const BLANKS = /^\s+/;
/** What means something in an expression; a dash means nothing outside of brackets, and must not be escaped there. */
const SYNTAX = /[$()*+./?[\\\]^{|}]/;
const NO_PATTERN: TimePattern = { like: /^$/, parts: [] };

const format: DocumentShape<TimePattern | null> = (value, at) => {
  if (value === undefined || value === null || value === 'auto') return null;
  const written = text({ max: 40 })(value, at);
  if (written === '') return NO_PATTERN;
  const pattern = patternOf(written);
  const has = (part: TimePart) => pattern.parts.includes(part);
  const isWhole = NEEDED.every(has) && (has('MM') || has('MMM')) && (has('HH') || (has('hh') && has('A')));
  if (!isWhole || new Set(pattern.parts).size < pattern.parts.length) {
    note(at, `${quoted(written)} does not tell a day and an hour: write it like DD/MM/YYYY HH:mm:ss.`);
  }
  return pattern;
};

/** Every part is of a bounded length, so that no text takes long to be compared. */
function patternOf(written: string): TimePattern {
  const parts: TimePart[] = [];
  let like = '';
  for (let at = 0; at < written.length;) {
    const part = PARTS.find(([name]) => written.startsWith(name, at));
    if (part === undefined) {
      const [blanks] = BLANKS.exec(written.slice(at)) ?? [];
      like +=
        blanks === undefined ? written.charAt(at).replace(SYNTAX, String.raw`\$&`) : String.raw`\s{1,3}`;
      at += blanks?.length ?? 1;
      continue;
    }
    parts.push(part[0]);
    like += part[1];
    at += part[0].length;
  }
  return { like: new RegExp(`^${like}$`, 'u'), parts };
}

const zone = or(
  text({ max: 64, fits: isTimeZone, says: 'a time zone of the IANA database, such as Asia/Jerusalem' }),
  null,
);

const noTimes: DocumentShape<ReadonlySet<string>> = (value, at) =>
  new Set(or(listOf(text({ max: 64 }), { max: 10 }), [])(value, at));

const time = members<ReadyTime>({ at: paths, format, zone, none: noTimes, if: conditions });
const length = members<ReadyLength>({
  at: paths,
  unit: or(oneOf('s', 'ms', 'us', 'min'), 's'),
  if: conditions,
});

const oneTime: DocumentShape<ReadyTime> = (value, at) =>
  typeof value === 'string'
    ? { at: [path(value, at)], format: null, zone: null, none: new Set(), if: [] }
    : time(value, at);
const oneLength: DocumentShape<ReadyLength> = (value, at) =>
  typeof value === 'string' ? { at: [path(value, at)], unit: 's', if: [] } : length(value, at);

export const times = several(oneTime);
export const lengths = several(oneLength);

/** One, a list of them, or none. */
function several<T>(one: DocumentShape<T>): DocumentShape<readonly T[]> {
  return (value, at) => {
    if (value === undefined || value === null) return [];
    return Array.isArray(value)
      ? listOf(one, { min: 1, max: MOST_ALTERNATIVES })(value, at)
      : [one(value, at)];
  };
}
