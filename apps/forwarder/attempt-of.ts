import type { AttemptId, EndpointAccess, OutcomeClass } from '#domain';
import type { AttemptWrite } from '#db';
import { hideSecrets, redactHeaders, redactUrl } from '#platform';
import { secretsOf } from './authorise.js';
import type { SentAuthorised } from './send-authorised.js';
import type { SentRequest } from './send-messages.js';

type Sent = Extract<SentAuthorised, { kind: 'exchanged' }>;

/** A try as it is kept for the delivery log: what was sent and answered, without secrets. */
export function attemptOf(
  { sent, request, token }: Sent,
  said: { id: AttemptId; number: number; outcome: OutcomeClass; decision: string },
  access: EndpointAccess,
): AttemptWrite {
  const { exchange } = sent;
  const answer = exchange.kind === 'answered' ? exchange : undefined;
  const secrets = secretsOf(access, token);
  const hidden = (text: string) => hideSecrets(text, secrets);
  return {
    ...said,
    decision: hidden(said.decision),
    startedAt: sent.sentAt,
    durationMs: sent.durationMs,
    status: answer?.status ?? null,
    error: exchange.kind === 'failed' ? exchange.message : null,
    responseHeaders: answer === undefined ? null : hiddenIn(answer.headers, hidden),
    responseBody: answer === undefined ? null : hidden(answer.body),
    resolvedIp: sent.resolvedIp,
    timings: sent.timings,
    request: request && shownRequest(request, access),
  };
}

function hiddenIn(
  headers: Readonly<Record<string, string>>,
  hidden: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hidden(value)]));
}

function shownRequest(
  { method, url, headers }: SentRequest,
  access: EndpointAccess,
): AttemptWrite['request'] {
  const own = new Set(Object.keys(access.headers));
  return { method, url: redactUrl(url), headers: redactHeaders(headers, own) };
}
