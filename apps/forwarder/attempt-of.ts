import type { AttemptId, OutcomeClass } from '#domain';
import type { AttemptWrite } from '#db';
import { bodyText, hideSecrets, redactHeaders, redactUrl } from '#platform';
import { secretsOf } from './secrets-of.js';
import type { Route } from './route.js';
import type { SentAuthorised } from './send-authorised.js';
import type { SentRequest } from './send-messages.js';

type Sent = Extract<SentAuthorised, { kind: 'exchanged' }>;
type Way = Pick<Route, 'target' | 'writer' | 'access'>;
type Answer = Extract<Sent['sent']['exchange'], { kind: 'answered' }>;

const NONE = {};

/** Of a body that was sent; as much as of one that was answered. */
const KEPT_BYTES = 16 * 1024;

/** A try as it is kept for the delivery log: what was sent and answered, without secrets. */
export function attemptOf(
  { sent, request, token }: Sent,
  said: { id: AttemptId; number: number; outcome: OutcomeClass; decision: string },
  route: Way,
): AttemptWrite {
  const { exchange } = sent;
  const secrets = secretsOf(route, token);
  const answer = exchange.kind === 'answered' ? hiddenIn(exchange, secrets) : undefined;
  return {
    id: said.id,
    number: said.number,
    outcome: said.outcome,
    decision: hideSecrets(said.decision, secrets),
    startedAt: sent.sentAt,
    durationMs: sent.durationMs,
    status: answer?.status ?? null,
    error: exchange.kind === 'failed' ? exchange.message : null,
    responseHeaders: answer?.headers ?? null,
    responseBody: answer?.body ?? null,
    resolvedIp: sent.resolvedIp,
    timings: sent.timings,
    request: request && shownRequest(request, route, secrets),
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
  { method, url, headers, body }: SentRequest,
  { target, writer, access }: Way,
  secrets: readonly string[],
): AttemptWrite['request'] {
  const ofToken = writer.crm?.connector.tokenHeader?.name;
  const own = new Set(Object.keys(access.headers));
  for (const name of Object.keys(writer.ownHeaders ?? NONE)) own.add(name);
  if (ofToken !== undefined) own.add(ofToken);
  // There the body is the event, byte for byte, and most attempts are of that format.
  const kept = target.format === 'standard' || body === null ? null : keptBody(body, secrets);
  return { method, url: redactUrl(url), headers: redactHeaders(headers, own), body: kept };
}

/** Hidden before it is cut: half a secret would not be recognised. */
function keptBody(body: string, secrets: readonly string[]): string {
  return bodyText(Buffer.from(hideSecrets(body, secrets)).subarray(0, KEPT_BYTES), true);
}
