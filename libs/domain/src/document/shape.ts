/**
 * Shapes of JSON documents as data, put together from small ones: `members({ loops: whole({ min: 1, max: 9 }) })`.
 *
 * A shape always returns a value of its type: where the document has another, a problem is noted and a stand-in returned,
 * so that one reading finds every problem. Whoever reads throws the value away when there are any.
 */
import { note, quoted, under, type Place } from './problem.js';

export type Shape<T> = (value: unknown, at: Place) => T;

/** Control characters, which a PBX's XML cannot hold, and halves of surrogate pairs, which UTF-8 cannot. */
const UNSENDABLE = /\p{Cc}|\p{Surrogate}/u;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of 1 to `max` characters that is `like` and `fits`; `says` is what to tell whoever wrote another. */
export function text(rule: {
  max: number;
  like?: RegExp;
  fits?: (value: string) => boolean;
  says?: string;
}): Shape<string> {
  return (value, at) => {
    if (typeof value !== 'string') return wrong(at, value, 'a text', '');
    if (value === '' || value.length > rule.max) {
      return noted(at, `This has to be a text of 1 to ${rule.max} characters.`, '');
    }
    if (UNSENDABLE.test(value)) return noted(at, 'This holds characters that cannot be sent.', '');
    const suits = rule.like?.test(value) !== false && rule.fits?.(value) !== false;
    return suits ? value : noted(at, `This has to be ${rule.says ?? 'spelled otherwise'}.`, '');
  };
}

export function whole({ min, max }: { min: number; max: number }): Shape<number> {
  return (value, at) => {
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
    // Adding 0 makes 0 of the -0 that JSON can write and nobody means.
    return fits ? value + 0 : wrong(at, value, `a whole number from ${min} to ${max}`, min);
  };
}

export const flag: Shape<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : wrong(at, value, 'true or false', false);

export function oneOf<Word extends string>(first: Word, ...others: Word[]): Shape<Word> {
  const words = [first, ...others];
  return (value, at) =>
    words.find((word) => word === value) ??
    wrong(at, value, words.map((word) => `"${word}"`).join(' or '), first);
}

/** A member that may be left out or null; `absent` stands for it then. */
export function or<T, Absent>(shape: Shape<T>, absent: Absent): Shape<T | Absent> {
  return (value, at) => (value === undefined || value === null ? absent : shape(value, at));
}

/** The same where null says something of its own: it stays null, and `absent` stands only for what is left out. */
export function orNull<T, Absent>(shape: Shape<T>, absent: Absent): Shape<T | Absent | null> {
  return (value, at) => (value === null ? null : or(shape, absent)(value, at));
}

/** A number from `min` to `max`, with or without a fraction. */
export function fraction({ min, max }: { min: number; max: number }): Shape<number> {
  return (value, at) =>
    typeof value === 'number' && value >= min && value <= max
      ? value + 0
      : wrong(at, value, `a number from ${min} to ${max}`, min);
}

export function listOf<T>(shape: Shape<T>, { min = 0, max }: { min?: number; max: number }): Shape<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) return wrong(at, value, 'a list', []);
    if (value.length < min || value.length > max) note(at, `This has to be a list of ${min} to ${max}.`);
    return value.slice(0, max).map((item: unknown, index) => shape(item, under(at, index)));
  };
}

/** Values under names that the writer chose. */
export function named<T>(
  shape: Shape<T>,
  rule: { max: number; name: RegExp; says: string },
): Shape<Record<string, T>> {
  return (value, at) => {
    if (!isObject(value)) return wrong(at, value, 'a set of named values', {});
    const entries = Object.entries(value);
    if (entries.length > rule.max) note(at, `This holds more than ${rule.max} names.`);
    return Object.fromEntries(
      entries.slice(0, rule.max).map(([name, member]): [string, T] => {
        const known = rule.name.test(name);
        if (!known) note(under(at, name), `${quoted(name)} is no name here: ${rule.says}.`);
        // What is inside a name that is none has no path of its own, and is seen once the name is mended.
        return [name, shape(member, under(known ? at : muted(at), name))];
      }),
    );
  };
}

/** An object of exactly these members. One whose shape gives undefined is left out of the result. */
export function members<T extends object>(shapes: { [Name in keyof T]-?: Shape<T[Name]> }): Shape<T> {
  const table = Object.entries<Shape<unknown>>(shapes);
  return (value, at) => {
    const given: Record<string, unknown> = isObject(value)
      ? value
      : wrong(at, value, 'a set of named values', {});
    // Of a thing that is not there, its missing members are no further problems.
    const inside = given === value ? at : muted(at);
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(shapes, name)) note(under(at, name), `Nothing is called ${quoted(name)} here.`);
    }
    const read = table.map(([name, shape]) => {
      const member = Object.hasOwn(given, name) ? given[name] : undefined;
      return [name, shape(member, under(inside, name))] as const;
    });
    return Object.fromEntries(read.filter(([, member]) => member !== undefined)) as T;
  };
}

/** One of several objects, told apart by the word in their member `tag`. */
export function tagged<T>(tag: string, shapes: Readonly<Record<string, Shape<T>>>, standIn: T): Shape<T> {
  const words = Object.keys(shapes);
  return (value, at) => {
    if (!isObject(value)) return wrong(at, value, 'a set of named values', standIn);
    const word = Object.hasOwn(value, tag) ? value[tag] : undefined;
    const shape = typeof word === 'string' && Object.hasOwn(shapes, word) ? shapes[word] : undefined;
    if (shape !== undefined) return shape(value, at);
    return wrong(under(at, tag), word, words.map((each) => `"${each}"`).join(' or '), standIn);
  };
}

function muted(at: Place): Place {
  return { ...at, problems: [] };
}

function wrong<T>(at: Place, value: unknown, wanted: string, standIn: T): T {
  return noted(
    at,
    value === undefined ? `This is missing: ${wanted}.` : `This has to be ${wanted}.`,
    standIn,
  );
}

function noted<T>(at: Place, message: string, standIn: T): T {
  note(at, message);
  return standIn;
}
