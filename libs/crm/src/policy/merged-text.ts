/**
 * A text of a record that we wrote and an agent may have changed since: ours is replaced where it still stands as we wrote it,
 * and everything else is left alone.
 *
 * @param current  as the CRM has it now
 * @param before  as we wrote it last
 * @param next  as we would write it now
 * @returns what to write; null where ours is not to be found, so that nothing is written
 */
export function mergedText(current: string, before: string, next: string): string | null {
  const [now, was] = [current.replaceAll('\r\n', '\n'), before.replaceAll('\r\n', '\n')];
  if (now.trim() === was.trim()) return next;
  const place = now.indexOf(was.trim());
  if (was.trim() === '' || place < 0) return null;
  return now.slice(0, place) + next + now.slice(place + was.trim().length);
}
