import { AppError, instant, type Instant } from '#domain';
import { readTime } from '../http/time-text.js';

/** RFC 9110, section 8.8.3. What is weak never matches: a change wants the very same. */
const TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;
const OURS = /^"([0-9a-z]{1,11})"$/;
const RADIX = 36;

/** @param updatedAt  ISO time of the last change, as it is shown. Undefined for an answer that has none */
export function etagOf(updatedAt: unknown): string | undefined {
  const at = typeof updatedAt === 'string' ? readTime(updatedAt) : undefined;
  return at === undefined ? undefined : `"${at.toString(RADIX)}"`;
}

/**
 * The versions that `If-Match` names, by the time of their last change; those that are none of ours are left out.
 *
 * @returns null for `*`, which is any
 * @throws AppError `if_match.invalid`
 */
export function readIfMatch(header: string): Instant[] | null {
  const text = header.trim();
  if (text === '*') return null;
  const tags = text.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => TAG.test(tag))) {
    const message =
      'If-Match is * or ETags as they were given, in their quotation marks, with commas between them.';
    throw new AppError('rejected', 'if_match.invalid', message);
  }
  return tags.flatMap((tag) => {
    const digits = OURS.exec(tag)?.[1];
    return digits === undefined ? [] : [instant(parseInt(digits, RADIX))];
  });
}
