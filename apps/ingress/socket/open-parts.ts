import type { PartThatGoesOn } from '#dialects';
import type { KnownPart } from '#db';
import type { Instant } from '#domain';

/** As many go on at no PBX. What is told of beyond is kept all the same; only nobody makes up for an end that was missed. */
const MOST_PARTS = 5_000;

/** What becomes of the parts of calls, as a PBX tells of them. */
export interface PartChanges {
  ended: string[];
  begun: KnownPart[];
}

/**
 * Which parts of calls go on at a PBX, as far as it told. What a new socket must make up for: parts whose end was told while
 * nobody listened, and parts whose beginning was.
 */
export class OpenParts {
  private readonly open = new Map<string, KnownPart>();
  /** Known from before this socket, and not heard of since. */
  private readonly unheard = new Set<string>();
  /** Whose end was told on this socket, until it was seen what goes on: that answer may be older than the end. */
  private endedHere: Set<string> | undefined = new Set();
  private changes = new Map<string, KnownPart | null>();

  constructor(before: readonly KnownPart[]) {
    for (const known of before) {
      this.open.set(known.part, known);
      this.unheard.add(known.part);
    }
  }

  get size(): number {
    return this.open.size;
  }

  /**
   * The PBX told of a part.
   *
   * @returns what it was until now, where it has gone over to another call: nobody else tells of its end in the call before
   */
  hear(told: { part: string; callId: string; goesOn: boolean }, at: Instant): KnownPart | undefined {
    const { part, callId, goesOn } = told;
    this.unheard.delete(part);
    const before = this.open.get(part);
    const left = before !== undefined && before.callId !== callId ? before : undefined;
    if (goesOn) {
      if (before?.callId === callId || (before === undefined && this.open.size >= MOST_PARTS))
        return undefined;
      const known = { part, callId, since: at };
      this.open.set(part, known);
      this.changes.set(part, known);
    } else {
      this.endedHere?.add(part);
      // Also where it is not known: of its beginning we may have been told before we died.
      if (this.open.delete(part)) this.changes.set(part, null);
    }
    return left;
  }

  /**
   * What goes on by the PBX's own word.
   *
   * @returns `gone`: what is not among it although nothing was heard of its end. Of these it may be told any moment: ask
   *   `stillGone` later. `found`: what was never told of
   */
  compare(goingOn: readonly PartThatGoesOn[]): { gone: string[]; found: PartThatGoesOn[] } {
    const there = new Map(goingOn.map((one) => [one.part, one]));
    const gone = [...this.unheard].filter((part) => !there.has(part));
    const found = [...there.values()].filter(
      ({ part }) => !this.open.has(part) && this.endedHere?.has(part) !== true,
    );
    this.endedHere = undefined;
    return { gone, found };
  }

  /** Those of the parts that are still thought to go on. */
  stillGone(parts: readonly string[]): KnownPart[] {
    return parts.flatMap((part) => (this.unheard.has(part) ? (this.open.get(part) ?? []) : []));
  }

  /** What is to be kept with the messages since the last time. */
  takeChanges(): PartChanges {
    const changed = [...this.changes];
    this.changes = new Map();
    return {
      ended: changed.flatMap(([part, known]) => (known === null ? [part] : [])),
      begun: changed.flatMap(([, known]) => known ?? []),
    };
  }
}
