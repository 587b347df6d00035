/** One request out of those for each type of call: what differs by it becomes a word for it. */
import { isRecord } from '#domain';
import type { WordMap } from '../http-settings.js';
import { CannotTake, placed, type CallType } from './template-words.js';

export class TypeWords {
  readonly maps: Record<string, WordMap> = {};

  /** @throws CannotTake where texts with placeholders differ */
  merge(values: readonly (readonly [CallType, unknown])[]): unknown {
    const [first, ...others] = values;
    if (first === undefined) return undefined;
    if (others.every(([, value]) => sameJson(value, first[1]))) return first[1];
    const there = values.filter(([, value]) => value !== undefined);
    if (there.every(([, value]) => isRecord(value))) return this.mergeMembers(there as never);
    if (there.every(([, value]) => typeof value === 'string')) return this.wordFor(there as never);
    const [, list] = there[0] ?? [];
    if (Array.isArray(list) && there.every(([, one]) => Array.isArray(one) && one.length === list.length)) {
      return list.map((_, index) =>
        this.merge(there.map(([type, one]) => [type, (one as unknown[])[index]] as const)),
      );
    }
    throw new CannotTake('A request has another shape for each type of call.');
  }

  private mergeMembers(values: readonly (readonly [CallType, Record<string, unknown>])[]): unknown {
    const names = new Set(values.flatMap(([, value]) => Object.keys(value)));
    return Object.fromEntries(
      [...names].map((name) => [
        name,
        this.merge(values.map(([type, value]) => [type, value[name]] as const)),
      ]),
    );
  }

  private wordFor(values: readonly (readonly [CallType, string])[]): string {
    const texts = new Set(values.map(([, text]) => text));
    // There for some types only: what is not filled in is left out anyway.
    if (texts.size === 1 && [...texts][0]?.includes('{{') === true) return values[0]?.[1] ?? '';
    if ([...texts].some((text) => text.includes('{{'))) {
      throw new CannotTake('A text with variables differs by the type of call.');
    }
    const to = Object.fromEntries(values);
    const known = Object.entries(this.maps).find(([, map]) => sameJson(map.to, to));
    const name = known?.[0] ?? `byType${String(Object.keys(this.maps).length + 1)}`;
    this.maps[name] = { of: 'call.type', to, otherwise: null };
    return placed(`words.${name}`);
  }
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
