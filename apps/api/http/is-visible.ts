/** Blanks, control and format characters, and letters made to be invisible: joiners, fillers, variation selectors, the blank of Braille. */
const UNSEEN = /^[\s\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether a text shows anything to somebody who reads it: a name of blanks is no name. */
export function isVisible(value: unknown): value is string {
  return typeof value === 'string' && !UNSEEN.test(value);
}
