/** SuiteCRM's texts and times. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#039;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};

/** Its answers hold texts as they are written into pages. */
export function plainOf(text: string): string {
  return text.replaceAll(/&(?:quot|#039|lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** UTC, without saying so. */
export function suiteTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** Any number of other characters between digits: however it was typed. */
export function anySpelling(digits: string): string {
  return `%${[...digits].join('%')}`;
}
