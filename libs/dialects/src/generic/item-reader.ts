/** Picks what a mapping wants out of one message, and keeps account of what was found where. */
import type { Direction } from '#domain';
import { isBlank, rawText } from '../content/scalars.js';
import { isWordForNothing } from '../content/word-for-nothing.js';
import { holds } from './holds.js';
import { LeftOver } from './left-over.js';
import type { Step } from './mapping.js';
import { readLengthAs } from './read-length-as.js';
import { readTimeAs, type ToldTime } from './read-time-as.js';
import type {
  ReadyChoice,
  ReadyLength,
  ReadyPath,
  ReadySource,
  ReadyTime,
  ReadyWords,
} from './ready-mapping.js';
import { spotsAt, type Spot, type Where } from './spots-at.js';
import { takeSteps } from './take-steps.js';

/** Where a field of a report came from, for whoever tries a mapping. */
export interface Found {
  field: string;
  path: string;
  value: unknown;
}

/** What of a field is nothing: blank, and of other fields than words and parties also `null`, `n/a` and the like. */
type Kind = 'text' | 'word';

const LOSSLESS: ReadonlySet<Step> = new Set<Step>([
  'trim',
  'lower',
  'urlDecoded',
  'base64Decoded',
  'plus',
  'webAddress',
]);

/** Among the names of fields: looking for more of them would have taken too long. */
const ANY_FIELD = '*';

interface Wanted {
  kind: Kind;
  /** Whose word it is, where a table has one for each. */
  direction?: Direction;
  /** What it has to be; what is not is kept as what cannot be read. */
  fits?: ((text: string) => boolean) | undefined;
}

export class ItemReader {
  readonly found: Found[] = [];
  private readonly unreadable = new Set<string>();
  private readonly left: LeftOver;

  constructor(private readonly where: Where) {
    this.left = new LeftOver(where.beside);
  }

  /** @param fits  what it has to be */
  text(field: string, source: ReadySource | null, fits?: (text: string) => boolean): string | null {
    return this.pick(field, source, { kind: 'text', fits });
  }

  /** Empty for nothing. */
  word(field: string, source: ReadySource): string {
    return this.pick(field, source, { kind: 'word' }) ?? '';
  }

  pick(field: string, source: ReadySource | null, how: Wanted): string | null {
    for (const choice of source ?? []) {
      if (!holds(choice.if, this.where)) continue;
      const picked = this.pickOne(field, choice, how);
      if (picked !== null) return picked;
    }
    return null;
  }

  /** The word that a table did not have: the first that stands where it was looked for. */
  wordThere(source: ReadySource): string {
    const paths = source.flatMap(({ at }) => at);
    for (const path of paths) {
      const text = this.firstAt(path, 'word')?.text;
      if (text !== undefined) return text.trim();
    }
    return '';
  }

  /** As they came, of the first choice that has any. @param isWhole  whether all of them have a place */
  values(field: string, source: ReadySource, isWhole: (values: unknown[]) => boolean): unknown[] {
    for (const choice of source) {
      if (!holds(choice.if, this.where)) continue;
      for (const path of choice.at) {
        const spots = spotsAt(path, this.where).filter(({ value }) => !isBlank(value));
        if (spots.length === 0) continue;
        const values = spots.map(({ value }) => this.taken(value, choice.take));
        for (const spot of spots) this.note(field, path, spot, isWhole(values));
        return values;
      }
    }
    return [];
  }

  /** Whatever stands there, all of which has its place. */
  whole(field: string, path: ReadyPath): unknown {
    const [spot, ...others] = spotsAt(path, this.where);
    if (spot === undefined || isBlank(spot.value)) return undefined;
    for (const each of [spot, ...others]) this.note(field, path, each);
    const opened = (value: unknown): unknown =>
      typeof value === 'string' ? (this.where.beside.open(value) ?? value) : value;
    return others.length === 0 ? opened(spot.value) : [spot, ...others].map(({ value }) => opened(value));
  }

  time(field: string, times: readonly ReadyTime[]): ToldTime | null {
    return this.measure(field, times, (rule, text) => readTimeAs(rule, text));
  }

  /** Seconds. */
  length(field: string, lengths: readonly ReadyLength[]): number | null {
    return this.measure(field, lengths, (rule, text) => readLengthAs(rule.unit, text));
  }

  /** What has no place in the report, of the item and of what it stands in. */
  rest({ withMessage }: { withMessage: boolean }): Record<string, unknown> {
    const { item, message } = this.where;
    const own = this.left.of(item);
    return withMessage && message !== item ? { ...this.left.of(message), ...own } : own;
  }

  /** Everything at the path has its place elsewhere. */
  leaveOut(path: ReadyPath): void {
    for (const spot of spotsAt(path, this.where)) this.left.place(spot);
  }

  notes(): { unreadableFields?: readonly string[] } {
    if (this.where.beside.isSpent) this.unreadable.add(ANY_FIELD);
    return this.unreadable.size === 0 ? {} : { unreadableFields: [...this.unreadable] };
  }

  private measure<Rule extends ReadyTime | ReadyLength, Value>(
    field: string,
    rules: readonly Rule[],
    read: (rule: Rule, text: string) => Value | 'none' | null,
  ): Value | null {
    for (const rule of rules) {
      if (!holds(rule.if, this.where)) continue;
      for (const path of rule.at) {
        const first = this.firstAt(path, 'text');
        if (first === undefined) continue;
        const value = read(rule, first.text);
        if (value === 'none') continue;
        if (value === null) {
          this.unreadable.add(path.written);
          continue;
        }
        this.note(field, path, first.spot);
        return value;
      }
    }
    return null;
  }

  private pickOne(field: string, choice: ReadyChoice, how: Wanted): string | null {
    if (choice.is !== null) return choice.is;
    if (choice.join !== null) return this.joined(field, choice, choice.join);
    let unknown = false;
    for (const path of choice.at) {
      for (const spot of spotsAt(path, this.where)) {
        const came = this.textOf(spot.value);
        if (came === '') continue;
        const text = takeSteps(came, choice.take);
        if (choice.words !== null) {
          const own = ownWord(choice.words, text, how.direction);
          unknown = true;
          if (own === undefined) continue;
          this.note(field, path, spot);
          return own;
        }
        if (text.trim() === '' || (how.kind === 'text' && isWordForNothing(text))) continue;
        if (how.fits?.(text) === false) {
          this.unreadable.add(path.written);
          continue;
        }
        this.note(field, path, spot, keepsAll(choice.take));
        return text;
      }
    }
    if (choice.otherwise === null || (choice.words !== null && !unknown)) return null;
    return choice.otherwise;
  }

  private joined(field: string, choice: ReadyChoice, sources: readonly ReadySource[]): string | null {
    const parts = sources.map((source) => this.text(field, source));
    if (parts.some((part) => part === null)) return null;
    return takeSteps(parts.join(choice.with), choice.take);
  }

  private firstAt(path: ReadyPath, kind: Kind): { text: string; spot: Spot } | undefined {
    for (const spot of spotsAt(path, this.where)) {
      const text = this.textOf(spot.value);
      if (text.trim() !== '' && (kind === 'word' || !isWordForNothing(text))) return { text, spot };
    }
    return undefined;
  }

  private taken(value: unknown, take: readonly Step[]): unknown {
    if (typeof value !== 'string') return value;
    this.where.beside.spendOn(value);
    return takeSteps(value, take);
  }

  private textOf(value: unknown): string {
    const text = rawText(value);
    this.where.beside.spendOn(text);
    return text.replaceAll('\0', '');
  }

  /** @param whole  whether all of it has a place */
  private note(field: string, path: ReadyPath, spot: Spot, whole = true): void {
    if (whole) this.left.place(spot);
    this.found.push({ field, path: path.written, value: spot.value });
  }
}

/** Whether a text can be told from what the steps make of it. */
function keepsAll(take: readonly Step[]): boolean {
  return take.every((step) =>
    typeof step === 'string' ? LOSSLESS.has(step) : !('before' in step || 'after' in step),
  );
}

function ownWord(words: ReadyWords, text: string, direction: Direction | undefined): string | undefined {
  const own = words.get(text.trim().toLowerCase());
  if (own === undefined || typeof own === 'string') return own;
  return direction === undefined ? undefined : own[direction];
}
