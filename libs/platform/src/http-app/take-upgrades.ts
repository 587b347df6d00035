import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { doorwayOf } from './open-server.js';
import { pathOf } from './path-of.js';

/** Takes a connection that is to speak something else than HTTP from now on. @param head  what came behind the request */
export type UpgradeTaker = (request: IncomingMessage, socket: Socket, head: Buffer) => void;

/** By path, of each server. */
const takers = new WeakMap<Server, Map<string, UpgradeTaker>>();

/**
 * Gives requests for a WebSocket at a path to somebody. All others that ask for an upgrade stay what they are, requests: with
 * a listener Node takes every upgrade for ours, and some senders of webhooks offer one with each request (Java's HttpClient: `h2c`).
 * RFC 9110, section 7.8: a server may ignore the offer.
 */
export function takeUpgrades(server: Server, path: string, take: UpgradeTaker): void {
  const known = takers.get(server);
  if (known) {
    known.set(path, take);
    return;
  }
  // One listener for all paths: with two, each would read again what is the other's.
  const byPath = new Map([[path, take]]);
  takers.set(server, byPath);
  server.on('upgrade', (request: IncomingMessage, stream, head: Buffer) => {
    const socket = stream as Socket;
    doorwayOf(server)?.door?.left(socket);
    const wanted = byPath.get(pathOf(request.url ?? '').replace(/\/$/, ''));
    if (wanted && request.headers.upgrade?.toLowerCase() === 'websocket') wanted(request, socket, head);
    else whenAnswered(socket, () => readAgain(server, request, { socket, head }));
  });
}

/** As if it had just been connected and had not offered anything. `connection` may be emitted so: Node's manual, http.Server. */
function readAgain(
  server: Server,
  request: IncomingMessage,
  { socket, head }: { socket: Socket; head: Buffer },
): void {
  if (socket.destroyed) return;
  const { method = 'GET', url = '/', httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.toLowerCase() !== 'upgrade') lines.push(`${name}: ${rawHeaders[index + 1] ?? ''}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

/** What was asked before on the same connection is answered first. */
function whenAnswered(socket: Socket, then: () => void): void {
  const { _httpMessage: open } = socket as Socket & { _httpMessage?: ServerResponse | null };
  if (open) {
    open.once('close', () => {
      whenAnswered(socket, then);
    });
  } else then();
}
