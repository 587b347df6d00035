import type { Beside } from './message.js';
import type { Spot } from './spots-at.js';

const DEEPEST = 64;
const NOTHING = Symbol('nothing');

/** Keeps account of what of a message has a place in a report: everything else is kept as it came. */
export class LeftOver {
  private readonly placed = new Map<object, Set<string>>();

  constructor(private readonly beside: Beside) {}

  place({ holder, key }: Spot): void {
    if (holder === null) return;
    const keys = this.placed.get(holder);
    if (keys) keys.add(key);
    else this.placed.set(holder, new Set([key]));
  }

  /** Of an object the members that have no place, also of what is inside of them; of anything else it under the name `value`. */
  of(value: unknown): Record<string, unknown> {
    const rest = this.rest(value, 0);
    if (rest === NOTHING || rest === null || rest === undefined) return {};
    if (typeof rest === 'object' && !Array.isArray(rest)) return rest as Record<string, unknown>;
    return { value: rest };
  }

  private rest(value: unknown, depth: number): unknown {
    const inside = typeof value === 'string' ? this.beside.open(value) : value;
    if (typeof inside !== 'object' || inside === null || depth > DEEPEST) return value;
    const keys = this.placed.get(inside);
    let changed = keys !== undefined;
    const kept: [string, unknown][] = [];
    for (const [key, member] of Object.entries(inside)) {
      if (keys?.has(key) === true) continue;
      const own = this.rest(member, depth + 1);
      changed ||= own !== member;
      if (own !== NOTHING) kept.push([key, own]);
    }
    if (!changed) return value;
    if (kept.length === 0) return NOTHING;
    return Array.isArray(inside) ? kept.map(([, member]) => member) : Object.fromEntries(kept);
  }
}
