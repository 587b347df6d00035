import type { MailMessage } from '#formats';

export interface MailRequest extends Pick<MailMessage, 'method' | 'url' | 'body'> {
  headers: Record<string, string>;
}

/**
 * A format's mail with the headers that let machines tell it apart.
 *
 * @param messageId  the same for every try of this message, and no other message's: so a repetition is recognised
 * @param domain  where mail comes from
 */
export function mailRequest(
  { method, url, headers, body }: MailMessage,
  messageId: string,
  domain: string,
): MailRequest {
  return {
    method,
    url,
    headers: {
      ...headers,
      'message-id': `<${messageId.replaceAll('@', '.')}@${domain}>`,
      // RFC 3834: nobody's holiday note shall answer it. Exchange wants to be told in its own words.
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'All',
    },
    body,
  };
}
