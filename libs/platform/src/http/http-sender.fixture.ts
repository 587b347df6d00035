/** Servers, resolvers and senders for the tests of HttpSender; all of them are closed after each test. */
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { HttpSender, type HttpSenderOptions } from './http-sender.js';
import type { OutgoingRequest } from './outgoing-request.js';
import type { ResolvedAddress, ResolveHost } from './resolve-host.js';
import type { Sent } from './sent.js';
import { targetPolicy } from './target-policy.js';

export const KIB = 1_024;
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

export function senderWith(options: Partial<HttpSenderOptions> = {}): HttpSender {
  const sender = new HttpSender({
    policy: targetPolicy(['127.0.0.0/8']),
    ...options,
  });
  closers.push(() => {
    sender.close();
  });
  return sender;
}

export async function listening(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

/** An HTTP server; returns its port. */
export function crm(answer: http.RequestListener): Promise<number> {
  return listening(http.createServer(answer));
}

/** A server that says exactly these bytes once it hears from us, then does what `after` says. */
export function rawServer(
  bytes: string | Buffer,
  after: (socket: net.Socket) => void = () => undefined,
): Promise<number> {
  return listening(
    net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write(bytes, () => {
          after(socket);
        });
      });
    }),
  );
}

/** A resolver that gives these answers one after the other, the last one for ever, and counts the questions. */
export function scripted(...answers: string[][]): ResolveHost & { asked: string[] } {
  const asked: string[] = [];
  const resolve = (hostname: string): Promise<ResolvedAddress[]> => {
    asked.push(hostname);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return Promise.resolve(
      (answer ?? []).map((address) => ({ address, family: net.isIPv6(address) ? 6 : 4 })),
    );
  };
  return Object.assign(resolve, { asked });
}

export function post(url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
    timeoutMs: 5_000,
    ...more,
  };
}

export function local(port: number, path = '/hook'): string {
  return `http://127.0.0.1:${port}${path}`;
}

export function exchanged(sent: Sent): Extract<Sent, { kind: 'exchanged' }> {
  if (sent.kind !== 'exchanged') throw new Error(`expected an exchange, it was ${sent.kind}`);
  return sent;
}

export function answered(sent: Sent): {
  status: number;
  body: string;
  headers: Readonly<Record<string, string>>;
} {
  const { exchange } = exchanged(sent);
  if (exchange.kind !== 'answered') throw new Error(`expected an answer, it was: ${exchange.message}`);
  return exchange;
}

/** Resolves when the predicate holds, asked again on every turn of the event loop; the test's own time-out ends it. */
export async function until(predicate: () => boolean): Promise<void> {
  while (!predicate()) await new Promise((resolve) => setImmediate(resolve));
}
