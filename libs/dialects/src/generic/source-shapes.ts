/** How what is picked out of a message is written in a mapping: conditions, choices, words. */
import { note, quoted, shapes, under, type DocumentShape, type Place } from '#domain';
import { STEPS, type Step } from './mapping.js';
import { path } from './path-shape.js';
import type { ReadyChoice, ReadyCondition, ReadyPath, ReadySource, ReadyWords } from './ready-mapping.js';

const { fraction, flag, isObject, listOf, members, named, or, text } = shapes;

const MOST_CONDITIONS = 12;
const MOST_ALTERNATIVES = 12;
const MOST_WORDS = 300;
const word = text({ max: 200 });
const DIRECTIONS = ['inbound', 'outbound', 'internal'];
const LONE_STEPS = new Set<unknown>(STEPS);
const STEPS_WITH_TEXT = ['withoutPrefix', 'withoutSuffix', 'before', 'after', 'prefix'] as const;

/** What the words of a choice may become; null: anything. */
export type Allowed = readonly string[] | null;
export type Tables = ReadonlyMap<string, ReadyWords>;

const wordSet: DocumentShape<ReadonlySet<string>> = (value, at) =>
  new Set(listOf(anyWord, { min: 1, max: 100 })(value, at));

/** A word as it is compared; the empty one is what is not there. */
const anyWord: DocumentShape<string> = (value, at) => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === '' ? '' : word(value, at).trim().toLowerCase();
};

const conditionMembers = members<ReadyCondition>({
  at: path,
  is: or(wordSet, null),
  not: or(wordSet, null),
  there: or(flag, null),
  above: or(fraction({ min: -1e15, max: 1e15 }), null),
  startsWith: or(text({ max: 200 }), null),
});

const condition: DocumentShape<ReadyCondition> = (value, at) => {
  const read = conditionMembers(value, at);
  const { is, not, there, above, startsWith } = read;
  if (isObject(value) && [is, not, there, above, startsWith].every((test) => test === null)) {
    note(at, 'This says where to look, and not what has to be there: is, not, there, above or startsWith.');
  }
  return read;
};

export const conditions = or<readonly ReadyCondition[], readonly ReadyCondition[]>(
  listOf(condition, { max: MOST_CONDITIONS }),
  [],
);

/** One path or several. */
export const paths: DocumentShape<readonly ReadyPath[]> = (value, at) =>
  Array.isArray(value) ? listOf(path, { min: 1, max: MOST_ALTERNATIVES })(value, at) : [path(value, at)];

const step: DocumentShape<Step> = (value, at) => {
  if (LONE_STEPS.has(value)) return value as Step;
  const name = isObject(value) ? STEPS_WITH_TEXT.find((one) => Object.hasOwn(value, one)) : undefined;
  if (!isObject(value) || name === undefined || Object.keys(value).length > 1) {
    note(
      at,
      `This is no step: ${[...STEPS, ...STEPS_WITH_TEXT.map((one) => `{"${one}": ...}`)].join(', ')}.`,
    );
    return 'trim';
  }
  return { [name]: text({ max: 100 })(value[name], under(at, name)) } as Step;
};

/** A table of words; `allowed` says what they may become. */
export function wordTable(allowed: Allowed): DocumentShape<ReadyWords> {
  const target: DocumentShape<string | Record<string, string>> = (value, at) =>
    isObject(value)
      ? named(ours(allowed), {
          max: 3,
          name: /^(?:inbound|outbound|internal)$/,
          says: `one of ${DIRECTIONS.join(', ')}`,
        })(value, at)
      : ours(allowed)(value, at);
  const table = named(target, { max: MOST_WORDS, name: /^[^]{0,200}$/, says: 'at most 200 characters' });
  return (value, at) =>
    new Map(Object.entries(table(value, at)).map(([name, own]) => [name.trim().toLowerCase(), own]));
}

function ours(allowed: Allowed): DocumentShape<string> {
  return (value, at) => {
    const own = text({ max: 200 })(value, at);
    if (own !== '') checkAllowed(own, allowed, at);
    return own;
  };
}

function checkAllowed(own: string, allowed: Allowed, at: Place): void {
  if (allowed === null || allowed.includes(own)) return;
  note(at, `${quoted(own)} is no word of ours here: ${allowed.join(', ')}.`);
}

export interface SourceShapes {
  /** What is there first. @param allowed  what it may come to */
  source: (allowed?: Allowed) => DocumentShape<ReadySource>;
}

/** @param tables  those that a choice may name */
export function sourceShapes(tables: Tables): SourceShapes {
  const wordsOf =
    (allowed: Allowed): DocumentShape<ReadyWords> =>
    (value, at) => {
      if (typeof value !== 'string') return wordTable(allowed)(value, at);
      const table = tables.get(value);
      if (table === undefined)
        note(at, `There is no table ${quoted(value)} among the words of this mapping.`);
      for (const own of table === undefined ? [] : targetsOf(table)) checkAllowed(own, allowed, at);
      return table ?? new Map();
    };
  const source = (allowed: Allowed, depth: number): DocumentShape<ReadySource> => {
    const one: DocumentShape<ReadyChoice> = (value, at) =>
      typeof value === 'string' ? plain(path(value, at)) : choice(allowed, depth)(value, at);
    return (value, at) =>
      Array.isArray(value) ? listOf(one, { min: 1, max: MOST_ALTERNATIVES })(value, at) : [one(value, at)];
  };
  const choice = (allowed: Allowed, depth: number): DocumentShape<ReadyChoice> => {
    const read = members<ReadyChoice>({
      at: or<readonly ReadyPath[], readonly ReadyPath[]>(paths, []),
      is: or(ours(allowed), null),
      join: or(depth > 0 ? nestedJoin : listOf(source(null, depth + 1), { min: 2, max: 6 }), null),
      with: withText,
      if: conditions,
      take: or<readonly Step[], readonly Step[]>(listOf(step, { max: 8 }), []),
      words: or(wordsOf(allowed), null),
      otherwise: or(ours(allowed), null),
    });
    return (value, at) => {
      const result = read(value, at);
      const kinds = [result.at.length > 0, result.is !== null, result.join !== null];
      if (isObject(value) && kinds.filter(Boolean).length !== 1) {
        note(at, 'This needs exactly one of at, is and join.');
      }
      return result;
    };
  };
  return { source: (allowed = null) => source(allowed, 0) };
}

const nestedJoin: DocumentShape<readonly ReadySource[]> = (_, at) => {
  note(at, 'What is joined cannot be joined of others again.');
  return [];
};

/** Empty is a text here. */
const withText: DocumentShape<string> = (value, at) =>
  value === undefined || value === null ? '-' : value === '' ? '' : text({ max: 10 })(value, at);

function plain(at: ReadyPath): ReadyChoice {
  return { at: [at], is: null, join: null, with: '-', if: [], take: [], words: null, otherwise: null };
}

function targetsOf(table: ReadyWords): string[] {
  return [...table.values()].flatMap((own) => (typeof own === 'string' ? [own] : Object.values(own)));
}
