import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { doorwayOf } from './open-server.js';
import { pathOf } from './path-of.js';

/** Takes a connection that is to speak something else than HTTP from now on. @param head  what came behind the request */
export type UpgradeTaker = (request: IncomingMessage, socket: Socket, head: Buffer) => void;

interface Takers {
  byPath: Map<string, UpgradeTaker>;
  /** Asked in turn where no path is anybody's. */
  byUrl: { isWanted: (url: string) => boolean; take: UpgradeTaker }[];
}

const takers = new WeakMap<Server, Takers>();

/**
 * Gives requests for a WebSocket at a path to somebody. All others that ask for an upgrade stay what they are, requests: with
 * a listener Node takes every upgrade for ours, and some senders of webhooks offer one with each request (Java's HttpClient: `h2c`).
 * RFC 9110, section 7.8: a server may ignore the offer.
 */
export function takeUpgrades(server: Server, path: string, take: UpgradeTaker): void {
  takersOf(server).byPath.set(path, take);
}

/** The same for addresses that are not known beforehand. @param isWanted  asked with the target of the request */
export function takeUpgradesOf(server: Server, isWanted: (url: string) => boolean, take: UpgradeTaker): void {
  takersOf(server).byUrl.push({ isWanted, take });
}

/** One listener for all: with two, each would read again what is the other's. */
function takersOf(server: Server): Takers {
  const known = takers.get(server);
  if (known) return known;
  const made: Takers = { byPath: new Map(), byUrl: [] };
  takers.set(server, made);
  server.on('upgrade', (request: IncomingMessage, stream, head: Buffer) => {
    const socket = stream as Socket;
    doorwayOf(server)?.door?.left(socket);
    const take = takerOf(made, request);
    if (take) take(request, socket, head);
    else whenAnswered(socket, () => readAgain(server, request, { socket, head }));
  });
  return made;
}

function takerOf(
  { byPath, byUrl }: Takers,
  { url = '', headers }: IncomingMessage,
): UpgradeTaker | undefined {
  if (headers.upgrade?.toLowerCase() !== 'websocket') return undefined;
  const ofPath = byPath.get(pathOf(url).replace(/\/$/, ''));
  return ofPath ?? byUrl.find(({ isWanted }) => isWanted(url))?.take;
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
