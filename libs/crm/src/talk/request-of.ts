import { isRecord } from '#domain';
import type { CrmRequest } from './crm-io.js';

/** A request as it travels, but for its credentials. */
export interface WrittenRequest {
  method: CrmRequest['method'];
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string | null;
}

/**
 * @param base  the CRM's URL; a slash at its end does not count
 * @param secret  of the endpoint, for the place that the request has for it; left out: the place stays empty, as it is to be kept
 */
export function requestOf(request: CrmRequest, base: string, secret?: string): WrittenRequest {
  const { method, path, query = {}, headers = {}, form, secretAt } = request;
  const json =
    secretAt === undefined || secret === undefined ? request.json : put(request.json, secretAt, secret);
  const body = form ? new URLSearchParams(form).toString() : json === undefined ? null : JSON.stringify(json);
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    method,
    url: withQuery(/^https?:/i.test(path) ? path : base.replace(/\/+$/, '') + path, query),
    headers: { accept: 'application/json', ...(body === null ? {} : { 'content-type': type }), ...headers },
    body,
  };
}

function put(value: unknown, [name, ...below]: readonly (string | number)[], secret: string): unknown {
  if (name === undefined) return secret;
  if (Array.isArray(value)) {
    return value.map((one: unknown, at) => (at === name ? put(one, below, secret) : one));
  }
  if (!isRecord(value)) return value;
  return { ...value, [name]: put(value[name], below, secret) };
}

function withQuery(url: string, query: NonNullable<CrmRequest['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined ? [] : [[name, String(value)]],
  );
  if (pairs.length === 0) return url;
  // Blanks as %20: some CRMs take a plus for what it says.
  const text = new URLSearchParams(pairs).toString().replaceAll('+', '%20');
  return `${url}${url.includes('?') ? '&' : '?'}${text}`;
}
