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

/**
 * What begins the query: a question mark, and where there is none before it what PBXs join it by that always add `&`, or that
 * escape their own question mark. No path of ours has any of these.
 */
const QUERY = /[?&;]|%(?:3F|26|3B)/i;

/** What follows the first mark is query; a second one belongs to it. */
export function readTarget(url: string): Target {
  const [path, , query] = cut(url);
  const [, , ...parts] = (path.endsWith('/') ? path.slice(0, -1) : path).split('/');
  const [token = '', dialect = '', route = ''] =
    parts.length > PARTS || parts.some((part) => part.length > LONGEST_PART)
      ? [parts[0]]
      : parts.map(decoded);
  return { address: { token, dialect, route }, query };
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
  const [path, mark, query] = cut(url);
  return `${path.replace(/^(\/in\/)[^/]+/, '$1[redacted]')}${mark}${maskQuery(query)}`;
}

function cut(url: string): [path: string, mark: string, query: string] {
  const found = QUERY.exec(url);
  if (!found) return [pathOf(url), '', ''];
  return [pathOf(url.slice(0, found.index)), found[0], url.slice(found.index + found[0].length)];
}
