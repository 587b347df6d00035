/** A page of a collection, as UnifiedAPI cuts it. */
import { json, type ApiReply } from '../vendor-api.js';
import { NOTHING, uapiError } from './uapi-reply.js';

const PAGE = 20;
const MOST = 5_000;
const PAGE_PARAMETERS = ['count', 'startIndex', 'filterBy', 'filterValue', 'fields'];

export function pageParameters(...more: string[]): string[] {
  return [...PAGE_PARAMETERS, ...more];
}

/** @param entry  a list, or an object by ids, as the vendor has it for this collection */
export function collection<T>(
  items: readonly T[],
  query: URLSearchParams,
  entry: (page: readonly T[]) => object,
): ApiReply {
  const count = Number(query.get('count') ?? PAGE);
  const startIndex = Number(query.get('startIndex') ?? 0);
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    return uapiError(400, 'count_invalid', 'Parameter count is invalid.');
  }
  if (!Number.isInteger(startIndex) || startIndex < 0 || startIndex > MOST) {
    return uapiError(400, 'startindex_invalid', 'Parameter startIndex is invalid.');
  }
  const page = items.slice(startIndex, startIndex + count);
  if (page.length === 0) return NOTHING;
  return json({ startIndex, itemsPerPage: count, totalResults: items.length, entry: entry(page) });
}
