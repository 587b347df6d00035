import { isOperational } from './operational-event-type.js';

/**
 * Does a list of patterns ask for this event type? A pattern is an exact name (`call.ended`), `*` for every event but the
 * operational ones, which no CRM expects among its calls, or a prefix with a trailing wildcard (`call.*`, which takes
 * `call.ended` and `call.leg.ended` but not `call` itself). An empty list asks for nothing.
 */
export function matchesEventType(patterns: readonly string[], type: string): boolean {
  for (const pattern of patterns) {
    if (pattern === type || (pattern === '*' && !isOperational(type))) return true;
    if (pattern.endsWith('.*') && startsBelow(pattern, type)) return true;
  }
  return false;
}

/** True when `type` goes on after the pattern's dot. */
function startsBelow(pattern: string, type: string): boolean {
  const prefix = pattern.slice(0, -1);
  return type.length > prefix.length && type.startsWith(prefix);
}
