import type { FacadeReply } from '../../facade.js';

/** What is told of calls and agents belongs to nobody's cache, and a repeated request must come to us. */
const HEADERS = { 'cache-control': 'no-store' } as const;

export function jsonReply(value: unknown, status = 200): FacadeReply {
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(value),
    headers: HEADERS,
  };
}

export function xmlReply(body: string, status = 200): FacadeReply {
  return { status, contentType: 'text/xml; charset=utf-8', body, headers: HEADERS };
}

export function htmlReply(body: string, status = 200): FacadeReply {
  return { status, contentType: 'text/html; charset=utf-8', body, headers: HEADERS };
}
