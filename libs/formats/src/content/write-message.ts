import type { WrittenMessage } from '#dialects';
import type { OutgoingMessage } from '../format.js';

/** The request for what a dialect's writer wrote. */
export function messageTo(url: string, written: WrittenMessage, key: string): OutgoingMessage {
  if (written.method === 'GET') {
    return { key, method: 'GET', url: withQuery(url, written.query), headers: {}, body: null };
  }
  return postTo(url, written, key);
}

export function postTo(
  url: string,
  { contentType, body }: { contentType: string; body: string },
  key: string,
): OutgoingMessage {
  return { key, method: 'POST', url, headers: { 'content-type': contentType }, body };
}

/** Adds to a URL's own query, as seed 001 has it; in front of a fragment, which is never sent. */
export function withQuery(url: string, query: string): string {
  const hash = url.indexOf('#');
  const [base, fragment] = hash === -1 ? [url, ''] : [url.slice(0, hash), url.slice(hash)];
  const glue = !base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&';
  return `${base}${glue}${query}${fragment}`;
}
