/** A text of whatever direction, to be put into a sentence of another one (Unicode's FSI and PDI): +972... stays as it is in Hebrew. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
