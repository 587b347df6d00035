import { note, quoted, type DocumentShape } from '#domain';
import type { PathRoot, ReadyPath } from './ready-mapping.js';

const LONGEST = 200;
const MOST_NAMES = 12;
/** What stands alone. */
const WHOLE: Readonly<Record<string, PathRoot>> = {
  '@route': 'route',
  '@method': 'method',
  '@body': 'body',
  '@url': 'url',
};
/** What stands in front of names. */
const FRONT: readonly (readonly [string, PathRoot])[] = [
  ['^.', 'message'],
  ['@query.', 'query'],
  ['@header.', 'header'],
  ['@form.', 'form'],
];
const STAND_IN: ReadyPath = { root: 'item', names: [], written: '' };

/** A place in a message; see `Path`. */
export const path: DocumentShape<ReadyPath> = (value, at) => {
  if (typeof value !== 'string' || value.length > LONGEST) {
    note(at, `This has to be a path: names parted by dots, at most ${LONGEST} characters.`);
    return STAND_IN;
  }
  const read = readPath(value);
  if (typeof read !== 'string') return read;
  note(at, read);
  return STAND_IN;
};

/** @returns a sentence about what is wrong with it where it is no path */
export function readPath(written: string): ReadyPath | string {
  const whole = WHOLE[written];
  if (whole !== undefined) return { root: whole, names: [], written };
  if (written === '') return { root: 'item', names: [], written };
  if (written === '^') return { root: 'message', names: [], written };
  const front = FRONT.find(([text]) => written.startsWith(text));
  if (front === undefined && written.startsWith('@')) {
    return `${quoted(written)} is no place that there is: after @ comes query., header., form., route, method, body or url.`;
  }
  const rest = front === undefined ? written : written.slice(front[0].length);
  const root = front?.[1] ?? 'item';
  // A header and a field of a form have names with dots in them, and nothing inside.
  const names = root === 'header' ? [rest.toLowerCase()] : root === 'form' ? [rest] : namesIn(rest);
  if (names.some((name) => name === ''))
    return `${quoted(written)} has a name of no letters between its dots.`;
  if (names.length > MOST_NAMES) return `${quoted(written)} is deeper than ${MOST_NAMES} names.`;
  return { root, names, written };
}

/** Parted by dots, but for those behind a backslash. */
function namesIn(text: string): string[] {
  const names: string[] = [];
  let name = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && at + 1 < text.length) {
      at += 1;
      name += text.charAt(at);
    } else if (character === '.') {
      names.push(name);
      name = '';
    } else name += character;
  }
  return [...names, name];
}
