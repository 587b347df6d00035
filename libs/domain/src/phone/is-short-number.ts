/** Up to so many digits an extension may have; a subscriber's number of the same length lacks its area nearly everywhere. */
export const MAX_SHORT_DIGITS = 7;

const SHORT = new RegExp(`^\\s*\\d{1,${MAX_SHORT_DIGITS}}\\s*$`);

/** Whether a text is as short as extensions are, and not marked as a number of any country. */
export function isShortNumber(text: string): boolean {
  return SHORT.test(text);
}
