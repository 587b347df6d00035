import type { HttpMessage } from '#formats';
import { sign } from '#platform';

const USER_AGENT = 'Switchhook/1 (+https://switchhook.dev)';

export type SignedRequest = Pick<HttpMessage, 'method' | 'url' | 'body'> & {
  headers: Record<string, string>;
};

export interface Signing {
  /** Opened; every one of them signs. */
  secrets: readonly string[];
  timestampSeconds: number;
  /** The endpoint's own, by name in lower case. */
  headers: Readonly<Record<string, string>>;
}

/**
 * A format's message with the headers of Standard Webhooks. The body's bytes are signed as they are sent; where there is no
 * body there is nothing to sign, and only the id and the time go along.
 *
 * @param messageId  the same for every try of this message, and no other message's
 */
export function signedRequest(
  { method, url, headers, body }: HttpMessage,
  messageId: string,
  { secrets, timestampSeconds, headers: own }: Signing,
): SignedRequest {
  const all: Record<string, string> = { 'user-agent': USER_AGENT };
  Object.assign(all, headers, own);
  // After everybody else's: these say what was sent, and are signed.
  all['webhook-id'] = messageId;
  all['webhook-timestamp'] = String(timestampSeconds);
  if (body !== null) all['webhook-signature'] = sign({ id: messageId, timestampSeconds, body, secrets });
  return { method, url, headers: all, body };
}
