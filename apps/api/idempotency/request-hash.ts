import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** What makes two requests the same. The order of a body's members does not; a number of spaces never reaches us. */
export interface RequestIdentity {
  method: string;
  /** With the query. */
  url: string;
  tenant: string | null;
  body: unknown;
}

/** SHA-256, so that the request itself need not be kept. */
export function requestHash({ method, url, tenant, body }: RequestIdentity): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([method, url, tenant, ordered(body) ?? null]))
    .digest();
}

function ordered(value: unknown): unknown {
  // A file that is still coming: its path and its key have to say that it is the same.
  if (value instanceof Readable) return null;
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // Pairs, because an object would put names like "1" in front again.
  return entries.map(([name, member]) => [name, ordered(member)]);
}
