/** Servers that want to know who asks; closed after each test, as those of the other fixture. */
import https, { type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Authority, Issued } from '../tls/certificates.fixture.js';
import { ClientCertificate } from '../tls/client-certificate.js';
import { listening, senderWith, scripted } from './http-sender.fixture.js';
import type { HttpSender, HttpSenderOptions } from './http-sender.js';

export interface Caller {
  /** What the request says of itself. */
  headers: Record<string, string | undefined>;
  /** The common name in the certificate; undefined for none. */
  shown: string | undefined;
  /** Of the connection, from 0. */
  connection: number;
  isResumed: boolean;
}

export interface SecureCrm {
  url: string;
  callers: Caller[];
}

/**
 * An HTTPS server `crm.test` that writes down who asked and answers 200. Asked with the header `x-close` it closes the
 * connection behind that, with `x-break` before it.
 *
 * @param trusts  whose certificates it takes; others are turned away
 */
export async function secureCrm(
  server: Issued,
  trusts: Authority,
  options: ServerOptions = {},
): Promise<SecureCrm> {
  const callers: Caller[] = [];
  const connections = new Map<unknown, number>();
  const port = await listening(
    https.createServer(
      {
        cert: server.certificate,
        key: server.privateKey,
        ca: trusts.certificate,
        requestCert: true,
        ...options,
      },
      (request, response) => {
        const socket = request.socket as TLSSocket;
        if (!connections.has(socket)) connections.set(socket, connections.size);
        const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string } };
        callers.push({
          headers: request.headers as Caller['headers'],
          shown: subject?.CN,
          connection: connections.get(socket) ?? -1,
          isResumed: socket.isSessionReused(),
        });
        if (request.headers['x-break']) socket.destroy();
        response.writeHead(200, request.headers['x-close'] ? { connection: 'close' } : {}).end('ok');
      },
    ),
  );
  return { url: `https://crm.test:${port}/hook`, callers };
}

/** Finds `crm.test` here. */
export function secureSender(trusts: Authority, options: Partial<HttpSenderOptions> = {}): HttpSender {
  const trustedAuthorities = [trusts.certificate];
  return senderWith({ resolve: scripted(['127.0.0.1']), trustedAuthorities, ...options });
}

export function certificateOf(
  owner: string,
  issued: Issued,
  serverAuthority: string | null = null,
): ClientCertificate {
  return new ClientCertificate(owner, { ...issued, serverAuthority });
}
