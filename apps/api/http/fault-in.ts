/** What no text and no object of a request may hold, whatever it is for. */

/** PostgreSQL's text and JSON know neither of these; found here it is the caller's mistake, found there it is ours. */
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** Names that mean something else to JavaScript: libraries drop such members without a word, and we refuse them with one. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor']);
/** Deeper than this is no request of anybody's. */
const DEEPEST = 100;

export interface Fault {
  /** Names and positions from the root, e.g. `metadata.list.0`; empty for the root itself. */
  path: string;
  /** To be said after the member's name. */
  problem: string;
}

/** The first thing in a JSON value that no request may hold, names of members included. */
export function faultIn(value: unknown, path: readonly string[] = []): Fault | undefined {
  if (typeof value === 'string') {
    return UNSTORABLE.test(value)
      ? fault(path, 'holds a NUL character or half of a surrogate pair')
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (path.length >= DEEPEST) return fault(path.slice(0, 1), 'is nested too deeply');
  for (const [name, member] of Object.entries(value)) {
    const found = faultOfName(name, path) ?? faultIn(member, [...path, name]);
    if (found) return found;
  }
  return undefined;
}

function faultOfName(name: string, path: readonly string[]): Fault | undefined {
  if (RESERVED.has(name)) return fault([...path, name], 'is a name that no member may have');
  if (UNSTORABLE.test(name))
    return fault(path, 'has a member whose name holds a NUL character or half of a surrogate pair');
  return undefined;
}

function fault(path: readonly string[], problem: string): Fault {
  return { path: path.join('.'), problem };
}
