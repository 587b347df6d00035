/** The tenant's own server, in our words: one signed POST, one JSON answer (docs/operations.md, "Sources of contacts"). */
import { nationalDigits } from '#domain';
import { sign } from '#platform';
import type { ContactQuestion, Finding, SourceIo, SourceKind, SourceSetup } from '../contact-source.js';
import { readAnswer } from './read-answer.js';

const USER_AGENT = 'Switchhook/1 (+https://switchhook.dev)';
const NOBODY: Finding = Object.freeze({ ok: true, contacts: [], ignored: 0 });

export const http: SourceKind = {
  name: 'http',
  about: 'A server of your own: asked in JSON, signed as webhooks are.',
  asks: 'server',
  findContacts: async (question, setup, io) => {
    const request = requestOf(question, setup, io);
    const hides = { headers: Object.keys(setup.headers), texts: Object.values(setup.headers) };
    const sent = await io.send({
      ...request,
      timeoutMs: setup.timeoutMs,
      ...(io.signal && { signal: io.signal }),
      // It changes nothing, and can be told by its id.
      mayRepeat: true,
    });
    if (sent.kind === 'aborted') {
      return {
        finding: { ok: false, cause: 'aborted', reason: 'We are shutting down.' },
        ...{ request, reply: null, hides },
      };
    }
    const { exchange } = sent;
    if (exchange.kind === 'failed') {
      return {
        finding: { ok: false, cause: exchange.cause, reason: exchange.message },
        ...{ request, reply: null, hides },
      };
    }
    const { status, body } = exchange;
    return { finding: findingOf(status, body, question), request, reply: { status, body }, hides };
  },
};

function findingOf(status: number, body: string, question: ContactQuestion): Finding {
  if (status === 404 || status === 204) return NOBODY;
  if (status >= 200 && status <= 299) return readAnswer(body, question);
  return { ok: false, cause: 'status', reason: `It answered ${String(status)}.` };
}

function requestOf(
  { e164, callId, did, extension }: ContactQuestion,
  { url, headers, secret }: SourceSetup,
  { now, newMessageId }: SourceIo,
) {
  const known = Object.entries({ callId, did, extension }).filter(([, value]) => value !== null);
  const body = JSON.stringify({
    ...{ type: 'contact.lookup', number: e164, national: nationalDigits(e164) },
    ...Object.fromEntries(known),
  });
  const id = newMessageId();
  const timestampSeconds = Math.floor(now() / 1000);
  const signature =
    secret === null ? {} : { 'webhook-signature': sign({ id, timestampSeconds, body, secrets: [secret] }) };
  return {
    method: 'POST' as const,
    url,
    headers: {
      accept: 'application/json',
      'user-agent': USER_AGENT,
      ...headers,
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestampSeconds),
      ...signature,
    },
    body,
  };
}
