/** UnifiedAPI's own answers. */
import { json, type ApiReply } from '../vendor-api.js';

export function uapiError(status: 400 | 401 | 403 | 404 | 500, code: string, message: string): ApiReply {
  return json({ error: { code, message } }, status);
}

/** It was heard, and there is nothing to tell. */
export const NOTHING: ApiReply = { status: 204, contentType: 'application/json', body: '' };

export const FORBIDDEN = uapiError(403, 'access_denied', 'The app may not do this.');

/** The first name that is not among the known ones. */
export function strangeName(names: Iterable<string>, known: readonly string[]): string | undefined {
  return [...names].find((name) => !known.includes(name));
}

export function strangeParameter(query: URLSearchParams, known: readonly string[]): ApiReply | undefined {
  const strange = strangeName(query.keys(), known);
  return strange === undefined
    ? undefined
    : uapiError(400, `${strange.toLowerCase()}_invalid`, `Parameter ${strange} is invalid.`);
}

export function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
