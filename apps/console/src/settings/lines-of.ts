/** What stands in a box, one a line; commas and spaces part as well. */
export function linesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((line) => line !== ''))];
}
