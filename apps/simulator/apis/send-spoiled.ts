import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fate } from './fate.js';
import type { ApiReply } from './vendor-api.js';

const SLOW_MS = 1_000;
const PAGE = '<!DOCTYPE html><html><head><title>Login</title></head><body>Please sign in.</body></html>';

type Spoil = (reply: ApiReply) => ApiReply;

const SPOILED: Readonly<Record<Exclude<Fate['answer'], 'silence' | 'reset'>, Spoil>> = {
  own: (reply) => reply,
  slow: (reply) => reply,
  // The vendor's API leaves out the id by itself.
  without_id: (reply) => reply,
  cut: (reply) => ({ ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 3)) }),
  http_500: () => ({ status: 500, contentType: 'text/html', body: '<h1>Server Error</h1>' }),
  html: () => ({ status: 200, contentType: 'text/html', body: PAGE }),
  redirect: () => ({ status: 302, contentType: 'text/html', body: '', headers: { location: '/elsewhere' } }),
};

/** Answers as the call's fate has it, at this time by the PBX's clock; an answer that never comes ends with the client's patience. */
export async function sendSpoiled(response: ServerResponse, reply: ApiReply, now: number): Promise<void> {
  const answer = reply.fate?.answer ?? 'own';
  if (answer === 'silence') {
    await once(response, 'close');
    return;
  }
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer === 'slow') await delay(SLOW_MS);
  const { status, contentType, body, headers } = SPOILED[answer](reply);
  response
    .writeHead(status, { 'content-type': contentType, date: new Date(now).toUTCString(), ...headers })
    .end(body);
}
