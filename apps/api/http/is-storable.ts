/** PostgreSQL's text and JSON know neither of these; found here it is the caller's mistake, found there it is ours. */
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Deeper than this is no request of anybody's. */
const DEEPEST = 100;

/** Whether every text in a JSON value, names of members included, can be stored. */
export function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !UNSTORABLE.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= DEEPEST) return false;
  return Object.entries(value).every(
    ([name, member]) => !UNSTORABLE.test(name) && isStorable(member, depth + 1),
  );
}
