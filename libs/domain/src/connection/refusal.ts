/** Webhooks that were refused before there was a receipt: why, and what somebody can do about it. */
import type { Instant } from '../ids.js';

/** Each with what happened and what to do, in words that follow "3 webhooks of the last 24 hours". */
const WORDS = {
  not_upgraded:
    'came by GET without asking for a WebSocket: your proxy does not hand on the headers Upgrade and Connection.',
  bad_handshake:
    'were no handshake of a WebSocket as the PBX of this connection makes it: look at `protocols` in its configuration, and at the proxy between.',
  not_http:
    'were not HTTP: percent-encode what the PBX puts into the URL, or put the proxy of the documentation in front of it.',
  bad_body:
    'had a body that broke its own framing (chunks, length, or both at once): let the PBX send a Content-Length.',
  surplus:
    'were followed by more bytes than their Content-Length announced: it must count bytes, not characters.',
  replaced_url:
    'came to a URL that was replaced and is not valid any more: copy the new one of the guide into the PBX.',
  unknown_route: 'came to a path that this connection has not: copy the URL of the guide again.',
  disabled: 'came while the connection was switched off.',
  method: 'came by another method than GET or POST: choose one of these in the PBX.',
  bad_signature:
    'were not signed as the mapping of this connection wants: look at the secret that is kept with it, and at the clock of the PBX.',
  timeout: 'did not arrive in time: look at the line between the PBX and here.',
  cut_off: 'broke off before they had arrived: look at the line, and at the time-out of the PBX.',
  too_large: 'were larger than 1 MiB: let the PBX send recordings and transcripts as links.',
  url_too_long: 'had a URL and headers that were too long: let the PBX send a body by POST.',
  too_much_at_once:
    'came while too much from the same address was unfinished: let the PBX send fewer at a time.',
  busy: 'came while we could not keep them, and the PBX was asked to send them again.',
  tenant_rate: 'were more than the operator lets you send in a second: spread them, or ask for more.',
  tenant_bytes: 'were more than the operator keeps for you in a day: ask for more.',
} as const;

export type RefusalReason = keyof typeof WORDS;
export const REFUSAL_REASONS = Object.keys(WORDS) as RefusalReason[];

/** What was refused of a connection for one reason in the last 24 hours. */
export interface Refused {
  reason: RefusalReason;
  count: number;
  lastAt: Instant;
  /** The last one, in a line, secrets masked. */
  sample: string;
}

/**
 * A sentence for whoever looks after the connection.
 *
 * @param what  one of them: where the PBX opens WebSockets, what was refused is seldom a webhook
 */
export function refusalWords(
  { reason, count }: Pick<Refused, 'reason' | 'count'>,
  what: 'webhook' | 'request' = 'webhook',
): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'} of the last 24 hours ${WORDS[reason]}`;
}

/** Undefined for a word of a later version. */
export function readRefusalReason(word: string): RefusalReason | undefined {
  return REFUSAL_REASONS.find((reason) => reason === word);
}
