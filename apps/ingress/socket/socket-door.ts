import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { AppError } from '#domain';
import { dialectNamed as registered, type Dialect, type SocketProtocol } from '#dialects';
import type { IngressConnection, OpenedSocket, SocketLine } from '#db';
import { endWith, sourceAddress, sourceKey, takeUpgradesOf } from '#platform';
import type { Arrival, AnswerWebhook, Seen } from '../door/answer-webhook.js';
import { lostBody } from '../door/bare-request.js';
import { readTarget } from '../door/read-target.js';
import { refusal } from '../door/refusals.js';
import type { TenantGate } from '../limits/tenant-gate.js';
import { PbxSocket, type PbxSocketParts } from './pbx-socket.js';
import type { OpenSockets } from './open-sockets.js';

const VERSION = '13';
/** 16 bytes in base64 (RFC 6455, section 4.1). */
const KEY = /^[+/0-9A-Za-z]{22}==$/;
const LONGEST_REMOTE = 200;
/** An answer may tell of all that goes on: some 800 bytes a channel, of 10,000. What is told of a call has the limit of webhooks. */
const LONGEST_MESSAGE_BYTES = 8 * 1024 * 1024;

export interface SocketDoorParts {
  answers: Pick<AnswerWebhook, 'find' | 'refused'>;
  gate: Pick<TenantGate, 'admit'>;
  sockets: OpenSockets;
  socket: PbxSocketParts;
  /** Proxies of our own in front of us. */
  hops: number;
  /** Left out: those that are registered. */
  dialectNamed?: (name: string) => Dialect | undefined;
}

/** Where PBXs open WebSockets: at the route of their dialect that is for that, below the secret URL of their connection. */
export class SocketDoor {
  private readonly wss = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LONGEST_MESSAGE_BYTES,
    // What is no UTF-8 is kept as what it is, and does not end the socket.
    skipUTF8Validation: true,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });

  constructor(private readonly parts: SocketDoorParts) {}

  /** All other requests stay what they are, whatever upgrade they offer. */
  open(server: Server): void {
    takeUpgradesOf(
      server,
      (url) => this.protocolAt(url) !== undefined,
      (request, socket, head) => void this.arrived(request, socket, head),
    );
  }

  private protocolAt(
    url: string,
  ): { dialect: Dialect; protocol: SocketProtocol; line: SocketLine } | undefined {
    if (!url.startsWith('/in/')) return undefined;
    const { address } = readTarget(url);
    const dialect = (this.parts.dialectNamed ?? registered)(address.dialect);
    const protocol = dialect?.socket;
    if (!dialect || !protocol) return undefined;
    const [first, second] = protocol.lines;
    if (address.route === first) return { dialect, protocol, line: 1 };
    return address.route === second ? { dialect, protocol, line: 2 } : undefined;
  }

  /** Never rejects. */
  private async arrived(request: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    // Whoever is gone while we look is gone.
    const gone = (): void => {
      socket.destroy();
    };
    socket.on('error', gone);
    const { url = '', headers, method = '' } = request;
    const peer = socket.remoteAddress ?? null;
    const body = lostBody(refusal('cut_off'), undefined);
    const arrival: Arrival = { method, url, headers, peer, body, note: null };
    const seen: Seen = { target: readTarget(url), connection: undefined };
    try {
      await this.letIn(arrival, seen, { request, socket, head, gone });
    } catch (thrown) {
      const { status, headers, body: inKind } = this.parts.answers.refused(arrival, seen, thrown);
      // Whoever sets a PBX up reads it in its log; the dialect's own replies are for requests.
      const said = thrown instanceof AppError ? `${thrown.message}\n` : inKind;
      endWith(socket, {
        status,
        headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
        body: said,
      });
    }
  }

  private async letIn(
    arrival: Arrival,
    seen: Seen,
    wire: { request: IncomingMessage; socket: Socket; head: Buffer; gone: () => void },
  ): Promise<void> {
    const { answers, gate, sockets, hops } = this.parts;
    const { url, headers, peer } = arrival;
    const sourceIp = sourceAddress(headers['x-forwarded-for'], peer, hops);
    const found = await answers.find(seen.target.address, sourceKey(sourceIp));
    seen.connection = found.connection;
    if (!found.ok) throw found.error;
    const at = this.protocolAt(url);
    if (!at) throw new AppError('misconfigured', 'internal.error', 'The dialect has no socket.');
    checkHandshake(arrival, at.protocol);
    gate.admit(found.connection);
    if (sockets.stopping) throw refusal('busy');
    const from = { sourceIp, remote: headers['user-agent']?.slice(0, LONGEST_REMOTE) ?? null };
    const { token } = seen.target.address;
    const { tenantId, connectionId } = found.connection;
    const { dialect, protocol, line } = at;
    await sockets.take({ tenantId, connectionId, line }, from, (opened) =>
      this.upgrade(wire, { dialect, protocol, opened, connection: found.connection, token, sourceIp }),
    );
  }

  /** @returns undefined where the peer is gone, or its handshake is none after all */
  private upgrade(
    {
      request,
      socket,
      head,
      gone,
    }: { request: IncomingMessage; socket: Socket; head: Buffer; gone: () => void },
    of: {
      opened: OpenedSocket;
      connection: IngressConnection;
      dialect: Dialect;
      protocol: SocketProtocol;
      token: string;
      sourceIp: string | null;
    },
  ): Promise<PbxSocket | undefined> {
    if (socket.destroyed || !socket.writable) return Promise.resolve(undefined);
    socket.off('error', gone);
    socket.setTimeout(0);
    return new Promise((resolve) => {
      const isGone = (): void => {
        resolve(undefined);
      };
      socket.once('close', isGone);
      // One protocol is offered to it, the one that was looked for.
      request.headers['sec-websocket-protocol'] = of.protocol.subprotocol;
      this.wss.handleUpgrade(request, socket, head, (ws) => {
        socket.off('close', isGone);
        resolve(new PbxSocket(ws, of, this.parts.socket));
      });
    });
  }
}

/** @throws AppError 400 in a sentence for whoever sets the PBX up */
function checkHandshake({ method, headers }: Arrival, { subprotocol }: SocketProtocol): void {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (method !== 'GET') throw badHandshake('A WebSocket is opened by GET.');
  if (headers['sec-websocket-version'] !== VERSION || !KEY.test(headers['sec-websocket-key'] ?? '')) {
    throw badHandshake('This is no WebSocket handshake as RFC 6455 has it.');
  }
  if (!offered.includes(subprotocol)) {
    throw badHandshake(`The PBX must offer the subprotocol "${subprotocol}" for its WebSocket.`);
  }
}

function badHandshake(message: string): AppError {
  return new AppError('rejected', 'ingress.bad_handshake', message, { status: 400 });
}
