import type { SiblingLine } from '#db';
import type { Instant } from '#domain';

/** By so much clocks of ours may differ, and what a PBX told may have lain unread by a process that was slow. */
const APART_MS = 5_000;

/** What became of a part that was known, that the PBX does not have any more, and whose end this line was not told. */
export type Fate = 'gone' | 'told' | 'unknown';

/** From when on a line may have missed something, and when the PBX said what goes on. */
export interface Gap {
  from: Instant;
  lookedAt: Instant;
}

/** Whether the other line was told, and keeps, all that this one missed: it was open before the gap began, and is. */
export function covers(sibling: SiblingLine | undefined, from: Instant): sibling is SiblingLine {
  return sibling?.isUp === true && sibling.since + APART_MS <= from;
}

/**
 * A line that covers the gap lets go of a part in the commit that keeps its end. As long as it has the part it may die before that;
 * and where it does not have it, it must have kept all until we looked, or it may not have come to the beginning yet.
 *
 * @returns `unknown`: it is to be seen
 */
export function fateOf(part: string, sibling: SiblingLine | undefined, gap: Gap): Fate {
  if (!covers(sibling, gap.from)) return 'gone';
  const isBehind = sibling.aliveAt < gap.lookedAt + APART_MS;
  return isBehind || sibling.parts.has(part) ? 'unknown' : 'told';
}
