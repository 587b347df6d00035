import type { AttemptId, EndpointAccess, OutcomeClass } from '#domain';
import type { AttemptWrite } from '#db';
import { hideSecrets, redactHeaders, redactUrl } from '#platform';
import { secretsOf } from './authorise.js';
import type { SentAuthorised } from './send-authorised.js';
import type { SentRequest } from './send-messages.js';

type Sent = Extract<SentAuthorised, { kind: 'exchanged' }>;
type Answer = Extract<Sent['sent']['exchange'], { kind: 'answered' }>;

/** A try as it is kept for the delivery log: what was sent and answered, without secrets. */
export function attemptOf(
  { sent, request, token }: Sent,
  said: { id: AttemptId; number: number; outcome: OutcomeClass; decision: string },
  access: EndpointAccess,
): AttemptWrite {
  const { exchange } = sent;
  const secrets = secretsOf(access, token);
  const answer = exchange.kind === 'answered' ? hiddenIn(exchange, secrets) : undefined;
  return {
    ...said,
    decision: hideSecrets(said.decision, secrets),
    startedAt: sent.sentAt,
    durationMs: sent.durationMs,
    status: answer?.status ?? null,
    error: exchange.kind === 'failed' ? exchange.message : null,
    responseHeaders: answer?.headers ?? null,
    responseBody: answer?.body ?? null,
    resolvedIp: sent.resolvedIp,
    timings: sent.timings,
    request: request && shownRequest(request, access),
  };
}

function hiddenIn(answer: Answer, secrets: readonly string[]): Answer {
  // Most endpoints have none, and every attempt passes here.
  if (secrets.length === 0) return answer;
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, hideSecrets(value, secrets)]);
  return {
    ...answer,
    headers: Object.fromEntries(headers) as Answer['headers'],
    body: hideSecrets(answer.body, secrets),
  };
}

function shownRequest(
  { method, url, headers }: SentRequest,
  access: EndpointAccess,
): AttemptWrite['request'] {
  const own = new Set(Object.keys(access.headers));
  return { method, url: redactUrl(url), headers: redactHeaders(headers, own) };
}
