/** A PBX that says what its script says, for the tests of drivers. */
import { instant, type Instant } from '#domain';
import type { OutgoingRequest, Sent } from '#platform';
import type { DriverIo } from './driver.js';
import type { SocketAnswer, SocketAsk } from './socket-ask.js';

export const NOW: Instant = instant(Date.UTC(2026, 4, 3, 9, 30));
type Exchanged = Extract<Sent, { kind: 'exchanged' }>;
type Cause = Extract<Exchanged['exchange'], { kind: 'failed' }>['cause'];

export function answering(
  body: string,
  status = 200,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Exchanged {
  return exchanged({ kind: 'answered', status, headers, body }, 'sent');
}

export function failing(cause: Cause, left: 'sent' | 'unsent', message = 'It failed.'): Exchanged {
  return exchanged({ kind: 'failed', cause, message }, left);
}

/** What was asked through a socket stands beside what was asked by HTTP: `ari:channels/1`. */
export type ScriptedRequest = OutgoingRequest & { asked?: SocketAsk };

/** Answers one request after the other, by HTTP and through the PBX's socket; the last answer is said for ever. */
export function scriptedPbx(...answers: (string | object | Sent)[]): {
  io: DriverIo & Required<Pick<DriverIo, 'ask'>>;
  requests: ScriptedRequest[];
} {
  const requests: ScriptedRequest[] = [];
  const send = (request: ScriptedRequest): Promise<Sent> => {
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1] ?? '';
    if (typeof answer === 'string') return Promise.resolve(answering(answer));
    return Promise.resolve(isSent(answer) ? answer : answering(JSON.stringify(answer)));
  };
  const ask = async (asked: SocketAsk): Promise<SocketAnswer> => {
    const { method, path, query = {} } = asked;
    const url = `ari:${path}?${new URLSearchParams(query).toString()}`;
    return socketAnswer(await send({ asked, method, url, headers: {}, body: null, timeoutMs: 5_000 }));
  };
  const io = { send, ask, now: () => NOW, timeoutMs: 5_000, keepToken: () => Promise.resolve() };
  return { io, requests };
}

/** A socket is not there, or it says nothing more. */
function socketAnswer(sent: Sent): SocketAnswer {
  if (sent.kind === 'aborted') return { kind: 'unknown', why: 'It was broken off.' };
  const { exchange, timings } = sent;
  if (exchange.kind === 'answered') return { kind: 'replied', status: exchange.status, body: exchange.body };
  return timings.connectMs === null
    ? { kind: 'refused', reason: exchange.message }
    : { kind: 'unknown', why: exchange.message };
}

function isSent(answer: object): answer is Sent {
  return 'kind' in answer && (answer.kind === 'exchanged' || answer.kind === 'aborted');
}

function exchanged(exchange: Exchanged['exchange'], left: 'sent' | 'unsent'): Exchanged {
  const opened = left === 'sent' ? 1 : null;
  return {
    kind: 'exchanged',
    exchange,
    sentAt: NOW,
    timings: { dnsMs: opened, connectMs: opened, tlsMs: null, firstByteMs: null, totalMs: 2 },
    resolvedIp: null,
    durationMs: 2,
  };
}
