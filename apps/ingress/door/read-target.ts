import { maskQuery, pathOf } from '#platform';
import type { Address } from '../take-webhook.js';

/** What the target of a request below `/in/` says. */
export interface Target {
  /** Its dialect and route are empty where the path ends before them. */
  address: Address;
  /** Raw, without the question mark. */
  query: string;
}

/** No name of ours is as long. */
const LONGEST_PART = 256;
const PARTS = 3;

/** What follows the first question mark is query; a second one belongs to it. */
export function readTarget(url: string): Target {
  const mark = url.indexOf('?');
  const path = pathOf(url);
  const [, , ...parts] = (path.endsWith('/') ? path.slice(0, -1) : path).split('/');
  const [token = '', dialect = '', route = ''] =
    parts.length > PARTS || parts.some((part) => part.length > LONGEST_PART)
      ? [parts[0]]
      : parts.map(decoded);
  return { address: { token, dialect, route }, query: mark < 0 ? '' : url.slice(mark + 1) };
}

function decoded(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    // Nothing is called so.
    return part;
  }
}

/** The target of a request as it may be shown: without the token, and without secrets in the query. */
export function maskTarget(url: string): string {
  const mark = url.indexOf('?');
  const path = pathOf(url).replace(/^(\/in\/)[^/]+/, '$1[redacted]');
  return mark < 0 ? path : `${path}?${maskQuery(url.slice(mark + 1))}`;
}
