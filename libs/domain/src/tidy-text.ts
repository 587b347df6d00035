/** How texts of files are cleaned; of cards in both directions, so that what was written is what is read. */

/** All that some program takes for the end of a line; Python's `splitlines` knows the most. */
const LINE_ENDS = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;
const TABS = /\t/g;
/** What no line may hold, and no text in the database. */
// eslint-disable-next-line no-control-regex -- these are the ones
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;

/** Trimmed and in one line. */
export function tidyLine(text: string): string {
  return tidied(text, ' ').replace(TABS, ' ').trim();
}

/** Trimmed, with its lines parted by `\n`. */
export function tidyLines(text: string): string {
  return tidied(text, '\n').trim();
}

function tidied(text: string, lineEnd: string): string {
  return text.toWellFormed().replace(LINE_ENDS, lineEnd).replace(CONTROLS, '');
}
