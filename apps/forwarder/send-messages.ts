/** Sends what an event comes to for one endpoint: mostly one request, for some formats several. */
import { mailOutcomeOf, outcomeOf, type Instant, type Outcome } from '#domain';
import type { DueDelivery } from '#db';
import type { OutgoingMessage, Writing } from '#formats';
import type { Clock, HttpSender, Mailer, Sent } from '#platform';
import { mailRequest, type MailRequest } from './mail-request.js';
import type { AuthorisedRoute, Route } from './route.js';
import { signedRequest, type SignedRequest } from './signed-request.js';

export type Exchanged = Extract<Sent, { kind: 'exchanged' }>;
/** What went out, whichever way. */
export type SentRequest = SignedRequest | MailRequest;

/** How one try ended, told by the exchange that decided it: the first that was not taken, else the last. */
export type SentMessages =
  | {
      kind: 'exchanged';
      /** Null where nothing was sent. */
      request: SentRequest | null;
      sent: Exchanged;
      outcome: Outcome;
      at: Instant;
      done: readonly string[];
    }
  /** Ended by our own signal, before all was sent. */
  | { kind: 'aborted' }
  /** Everything was taken in earlier tries: what was still open is not wanted any more. */
  | { kind: 'nothing-left' };

export interface SendParts {
  sender: Pick<HttpSender, 'send'>;
  mailer: Pick<Mailer, 'send' | 'domain'>;
  clock: Pick<Clock, 'now'>;
}

/**
 * One after another, so that an endpoint's concurrency is what it says. What was taken in an earlier try is not sent again;
 * a message that depends on one that was not taken is not sent.
 *
 * At least once, as everywhere: a try that we end ourselves forgets what it had sent.
 */
export async function sendMessages(
  writing: Extract<Writing, { kind: 'messages' }>,
  delivery: DueDelivery,
  route: AuthorisedRoute,
  parts: SendParts,
): Promise<SentMessages> {
  const { messages, independent } = writing;
  const done = messages.map(({ key }) => key).filter((key) => delivery.partsDone.includes(key));
  const single = messages.length === 1;
  let decided: Extract<SentMessages, { kind: 'exchanged' }> | undefined;
  let failed = false;
  for (const message of messages.filter(({ key }) => !done.includes(key))) {
    const messageId = single ? delivery.id : `${delivery.id}.${message.key}`;
    const request = requestOf(message, messageId, { delivery, route, parts });
    const sent = await sendOne(request, route, parts);
    if (sent.kind === 'aborted') return sent;
    const at = parts.clock.now();
    const outcome = judged(sent, message, { route, at, single });
    const taken = outcome.class === 'delivered' || outcome.class === 'duplicate';
    if (taken) done.push(message.key);
    if (!failed) decided = { kind: 'exchanged', request, sent, outcome, at, done };
    failed ||= !taken;
    if (failed && !independent) break;
  }
  return decided ?? { kind: 'nothing-left' };
}

function requestOf(
  message: OutgoingMessage,
  messageId: string,
  { delivery, route, parts }: { delivery: DueDelivery; route: AuthorisedRoute; parts: SendParts },
): SentRequest {
  if (message.method === 'MAIL') return mailRequest(message, messageId, parts.mailer.domain);
  const timestampSeconds = Math.floor(parts.clock.now() / 1000);
  const { secrets, headers } = route;
  const request = signedRequest(message, messageId, { secrets, timestampSeconds, headers });
  if (delivery.replayId !== null) request.headers['switchhook-replay'] = delivery.replayId;
  return request;
}

function sendOne(
  request: SentRequest,
  { target, signal, certificate }: Route,
  { sender, mailer }: Pick<SendParts, 'sender' | 'mailer'>,
): Promise<Sent> {
  const { timeoutMs } = target;
  if (request.method === 'MAIL') return mailer.send({ ...request, timeoutMs, signal });
  const { method, url, headers, body } = request;
  return sender.send({
    method,
    url,
    headers,
    body,
    timeoutMs,
    signal,
    certificate,
    // A kept connection that died meanwhile is nobody's failure: sent once more on a new one.
    mayRepeat: true,
  });
}

/** One URL of several that is gone must not disable the others' endpoint: it is refused, like any other 4xx. */
function judged(
  sent: Exchanged,
  message: OutgoingMessage,
  { route, at, single }: { route: Route; at: Instant; single: boolean },
): Outcome {
  if (message.method === 'MAIL') return mailOutcomeOf(sent.exchange);
  const { writer } = route;
  const outcome = outcomeOf(sent.exchange, at, {
    readReply: (reply) => writer.readReply(reply, message.key),
    readRefusal: (reply) => writer.readRefusal?.(reply, message.key),
  });
  return outcome.class === 'gone' && !single ? { ...outcome, class: 'refused' } : outcome;
}
