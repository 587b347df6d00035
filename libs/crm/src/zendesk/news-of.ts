import type { CallEntry, WrittenEntry } from '../connector.js';

/**
 * What a text says that it did not say before, line by line.
 *
 * @returns with the marker last; null where there is nothing that people have to read
 */
export function newsOf(
  before: Pick<WrittenEntry, 'body'>,
  { body, marker }: Pick<CallEntry, 'body' | 'marker'>,
): string | null {
  const known = new Set(before.body.split('\n'));
  const lines = body.split('\n').filter((line) => line.trim() !== '' && line !== marker && !known.has(line));
  return lines.length === 0 ? null : [...lines, marker].join('\n');
}
