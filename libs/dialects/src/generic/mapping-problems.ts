import { note, under, type DocumentProblem, type Place } from '#domain';
import { mappingOf } from './mapping-of.js';
import { readMapping } from './read-mapping.js';
import type { ReadySignature } from './ready-mapping.js';

/**
 * What is wrong with a mapping that is to be kept: also what one that was kept before may have. A check that is new goes here, as a kept
 * mapping that cannot be read stops its connection.
 *
 * @param mapping  the name of one that is shipped, or one that was written; absent for the plain one
 */
export function mappingProblems(mapping: unknown): readonly DocumentProblem[] {
  // What is only tried is not worth remembering.
  const isWritten = typeof mapping === 'object' && mapping !== null;
  const reading = isWritten ? readMapping(mapping) : mappingOf({ mapping });
  if (!reading.ok) return reading.problems;
  const root: Place = { path: '', problems: [] };
  const rule = reading.mapping.signature;
  if (rule !== null && !signsItsTime(rule)) {
    const message =
      'This time is not signed, so that a message could be sent again with another: put {{ timestamp }} into `of`.';
    note(under(under(root, 'signature'), 'timestamp'), message);
  }
  return root.problems;
}

/** What stands in the body is taken for signed with it. */
function signsItsTime(rule: ReadySignature): boolean {
  if (!('timestamp' in rule) || rule.timestamp === null) return true;
  const { root, written } = rule.timestamp.at;
  if (root === 'item' || root === 'message' || root === 'form' || root === 'body') return true;
  const isUrl = root === 'query' || root === 'url';
  return rule.of.some((part) => {
    if (part.kind === 'word') return part.word === 'timestamp' || (isUrl && part.word === 'url');
    return part.kind === 'path' && (part.path.written === written || (isUrl && part.path.root === 'url'));
  });
}
