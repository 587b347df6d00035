import type { Place } from '../document/problem.js';
import type { Shape } from '../document/shape.js';

/** What is wrong with a document, and where: names and list positions from its root, such as `windows.mon.0`. */
export interface DialProblem {
  path: string;
  /** A sentence. */
  reason: string;
}

/** What a shape makes of a document, or everything that is wrong with it at once. Never throws. */
export function readDocument<T>(
  shape: Shape<T>,
  document: unknown,
): { read: T } | { problems: DialProblem[] } {
  const root: Place = { path: '', problems: [] };
  const read = shape(document, root);
  if (root.problems.length === 0) return { read };
  return { problems: root.problems.map(({ path, message }) => ({ path, reason: message })) };
}
