import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { routeOf, type AskedRequest, type FoundRoute } from '#dialects';
import { sourceAddress } from '#platform';
import type { AnswerAsked, VendorAnswer } from './answer-asked.js';

/** What a vendor's client sends is short; lists of numbers are the longest. */
const MOST_BYTES = 4 * 1024 * 1024;
const METHODS = 'GET, POST, PUT, DELETE, OPTIONS';
const DAY_SECONDS = '86400';
const HEADER_NAMES = /^[\w, -]{1,400}$/;

export interface VendorApiParts {
  asked: Pick<AnswerAsked, 'answer'>;
  /** Proxies of our own in front of us. */
  hops: number;
}

/**
 * Serves the vendors' own paths, at the root of the host. It takes requests before any router does: case and slashes do not matter
 * in these paths, nor does what a body says that it is.
 */
export function serveVendorApi(fastify: FastifyInstance, parts: VendorApiParts): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { path, query } = targetOf(request.url);
    const found = path.startsWith('/v1/') ? undefined : routeOf(path);
    if (found === undefined) {
      done();
      return;
    }
    reply.hijack();
    void serve(request, reply, { found, path, query, parts });
  });
}

interface Served {
  found: FoundRoute;
  path: string;
  query: string;
  parts: VendorApiParts;
}

async function serve(request: FastifyRequest, reply: FastifyReply, served: Served): Promise<void> {
  const { method } = request;
  if (method === 'OPTIONS') {
    respond(reply, { status: 204, body: '', headers: preflight(request) });
    return;
  }
  // A HEAD must not do what a GET would.
  if (!served.found.route.methods.includes(method)) {
    const allow = [...served.found.route.methods, 'OPTIONS'].join(', ');
    respond(reply, { status: 405, body: '', headers: { allow } });
    return;
  }
  const body = await bodyOf(request.raw, served.found.route.mostBytes ?? MOST_BYTES);
  if (body === undefined) {
    respond(reply, { status: 413, body: '', headers: { connection: 'close' } });
    return;
  }
  const { path, query, found, parts } = served;
  const asked: AskedRequest = { method, path, query, headers: headersOf(request.raw), body };
  const { remoteAddress } = request.raw.socket;
  const address = sourceAddress(request.headers['x-forwarded-for'], remoteAddress ?? null, parts.hops);
  respond(reply, answerOf(await parts.asked.answer(asked, found, address)));
}

interface Response {
  status: number;
  headers: Record<string, string>;
  body: string;
}

function answerOf({ status, contentType, body, headers, origin }: VendorAnswer): Response {
  return {
    status,
    body,
    headers: {
      ...headers,
      'content-type': contentType,
      ...(origin === null ? {} : { 'access-control-allow-origin': origin }),
      vary: 'origin',
    },
  };
}

/** Whether a page may is judged by its credential, which a preflight does not show. */
function preflight({ headers }: FastifyRequest): Record<string, string> {
  const { origin } = headers;
  const wanted = headers['access-control-request-headers'];
  return {
    ...(origin === undefined ? {} : { 'access-control-allow-origin': origin }),
    'access-control-allow-methods': METHODS,
    ...(wanted !== undefined && HEADER_NAMES.test(wanted) ? { 'access-control-allow-headers': wanted } : {}),
    'access-control-max-age': DAY_SECONDS,
    vary: 'origin',
  };
}

function respond(reply: FastifyReply, { status, headers, body }: Response): void {
  const { raw } = reply;
  if (raw.destroyed) return;
  const bytes = Buffer.from(body);
  const all = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
    ...(status === 204 ? {} : { 'content-length': String(bytes.length) }),
  };
  raw.writeHead(
    status,
    Object.fromEntries(Object.entries(all).map(([name, value]) => [spelled(name), value])),
  );
  raw.end(bytes);
}

/** `Content-Type`, as the vendors write it: 4PSA's own client knows no other spelling, whatever HTTP says of the case of names. */
function spelled(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** Undefined for one that is too long. */
async function bodyOf(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > mostBytes) return undefined;
      parts.push(part);
    }
  } catch {
    // The sender is gone: what came is no request.
    return undefined;
  }
  return Buffer.concat(parts);
}

function targetOf(url: string): { path: string; query: string } {
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  return { path: decoded(path.replace(/\/+$/, '') || '/'), query: mark === -1 ? '' : url.slice(mark + 1) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function headersOf({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
