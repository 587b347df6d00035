const PARTS = /(\d+)\.(\d+)$/;

/**
 * Whether the first of two calls is the older, by their ids: where two become one, Asterisk keeps that of the older.
 *
 * @returns undefined where they are the same, or one is not of Asterisk's making: those never become one
 */
export function isOlder(one: string, other: string): boolean | undefined {
  const [a, b] = [PARTS.exec(one), PARTS.exec(other)];
  if (one === other || a === null || b === null) return undefined;
  const [seconds, than] = [Number(a[1]), Number(b[1])];
  return seconds === than ? Number(a[2]) < Number(b[2]) : seconds < than;
}
