/** A moment as a field of the browser holds it, in the reader's own zone, to the minute. @param at  ISO 8601 */
export function localInput(at: string | undefined): string {
  if (at === undefined) return '';
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return '';
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** The other way round; undefined for an empty field. @returns ISO 8601 */
export function momentOf(input: string): string | undefined {
  const moment = new Date(input);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
