/**
 * What a text says more than before, for CRMs in which a record can only be added to.
 *
 * @returns its new lines; null where there are none
 */
export function newLines(before: string, next: string): string | null {
  const said = new Set(before.split('\n'));
  const lines = next.split('\n').filter((line) => !said.has(line));
  return lines.length === 0 ? null : lines.join('\n');
}
