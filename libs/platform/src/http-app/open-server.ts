import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Env } from '../env/read-env.js';
import { pathOf } from './path-of.js';
import type { RawDoor } from './raw-routes.js';
import { endWith } from './refuse-unread.js';

const SECOND = 1_000;
/** Room for the longest query that we read (64 KiB) with its path, and for headers beside it. */
export const MAX_HEADER_BYTES = 128 * 1024;
/** Longer than load balancers keep a connection that nobody uses, so that it is they who close it. */
const KEEP_ALIVE_MS = 72 * SECOND;

/** Who takes what a server of ours is sent. The door comes later than the server, as it is a part of the application. */
export interface Doorway {
  prefix: string;
  door: RawDoor | undefined;
}

const doorways = new WeakMap<Server, Doorway>();

/** @returns undefined for a server that is none of ours */
export function doorwayOf(server: Server): Doorway | undefined {
  return doorways.get(server);
}

/** Node's own server with our deadlines: what is below the prefix goes to the door, everything else to the framework. */
export function openServer(framework: RequestListener, doorway: Doorway, env: Env): Server {
  const wholeRequestMs = env.REQUEST_SECONDS * SECOND;
  const dispatch: RequestListener = (request, response) => {
    doorway.door?.arrived(request);
    if (doorway.door && isBelow(doorway.prefix, request)) doorway.door.take(request, response);
    else {
      leaveWhenGone(request, response);
      framework(request, response);
    }
  };
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      requestTimeout: wholeRequestMs,
      headersTimeout: wholeRequestMs,
      connectionsCheckingInterval: SECOND,
      // HTTP/1.1 asks for it, but a webhook without it says as much.
      requireHostHeader: false,
    },
    dispatch,
  );
  doorways.set(server, doorway);
  server.on('connection', (socket: Socket) => doorway.door?.opened(socket));
  server.on('checkContinue', (request: IncomingMessage, response) => {
    if (!doorway.door || !isBelow(doorway.prefix, request)) response.writeContinue();
    dispatch(request, response);
  });
  // An expectation that nobody knows is no reason to refuse the request.
  server.on('checkExpectation', dispatch);
  server.on('connect', (_request, socket) => {
    // Node would end it without a word.
    endWith(socket, { status: 405, headers: { allow: 'GET, POST' }, body: '' });
  });
  answerHalfClosed(server);
  return server;
}

function isBelow(prefix: string, { url = '' }: IncomingMessage): boolean {
  return url.startsWith(prefix) || pathOf(url).startsWith(prefix);
}

/** Whoever listens to a recording and closes the connection wants no more of it: what is done for him must be let go. */
function leaveWhenGone({ socket }: IncomingMessage, response: ServerResponse): void {
  const gone = () => socket.destroy();
  socket.once('end', gone);
  response.once('close', () => socket.off('end', gone));
}

/** A PBX that has said all and closes its half of the connection still waits for the answer. */
function answerHalfClosed(server: Server): void {
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
}
