/** A CRM that takes webhooks at `/crm/{name}`: checks signatures, follows scripts, counts what a customer would see. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sharedNowMs } from '../shared-clock.js';
import { answerControl } from './control.js';
import { CrmDesks, type Desk } from './crm-desks.js';
import { readDelivery } from './read-delivery.js';
import type { Answer, Script } from './script.js';
import { signatureFault, type SignedHeaders } from './verify-signature.js';

export interface CrmSinkOptions {
  /** Time of day in milliseconds. */
  now: () => number;
  /** Signing secrets by name; a name without one believes everybody. */
  secrets?: Readonly<Record<string, readonly string[]>>;
  scripts?: Readonly<Record<string, Script>>;
  /**
   * Keep webhooks as they came and look into them only when asked for books: for benchmarks, where the time that the sink
   * takes is taken from what is measured. Signatures are still checked, but a wrong one is answered like a right one.
   */
  judgeLater?: boolean;
  /** How many bodies of each name are kept to be looked at, the last ones. Default: none. */
  keepBodies?: number;
}

/** A webhook that was answered 2xx and not looked into yet. */
interface Unjudged {
  desk: Desk;
  signed: SignedHeaders;
  body: Buffer;
  receivedMs: number;
  /** Time of day. */
  atMs: number;
}

const OK_BODY = '{"ok":true}';
const CRM_PATH = '/crm/';
/** Longer than any sender of ours keeps an idle connection, so that the race over closing it does not look like a failure. */
const KEEP_ALIVE_MS = 120_000;

export class CrmSink extends CrmDesks {
  private readonly server: Server;
  private readonly watchers = new Set<() => void>();
  private unjudged: Unjudged[] = [];

  constructor(private readonly options: CrmSinkOptions) {
    super(options.now);
    this.server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.take(request, response, chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
      });
      request.on('error', () => response.destroy());
    });
    for (const [name, secrets] of Object.entries(options.secrets ?? {})) this.setSecret(name, ...secrets);
    for (const [name, script] of Object.entries(options.scripts ?? {})) this.setScript(name, script);
  }

  /** @param port  0 takes a free one. @returns the port */
  async listen(port = 0, host = '127.0.0.1'): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return this.port;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(name: string): string {
    return `http://127.0.0.1:${String(this.port)}${CRM_PATH}${name}`;
  }

  /** Resolves as soon as the predicate holds; it is asked after every request. @throws Error after `withinMs` */
  until(predicate: () => boolean, withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.watchers.delete(look);
        settle();
      };
      const look = () => {
        if (predicate()) done(resolve);
      };
      const timer = setTimeout(() => {
        done(() => {
          reject(new Error(`The sink waited ${String(withinMs)} ms in vain.`));
        });
      }, withinMs);
      // Whoever waits is kept alive by the server; a wait that nobody needs any more must not keep the process.
      timer.unref();
      this.watchers.add(look);
      look();
    });
  }

  /** Closes at once: requests that hang are cut off. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private take(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (!path.startsWith(CRM_PATH)) {
      answerControl(this, { method: request.method ?? 'GET', path, body: body.toString() }, response);
      return;
    }
    const desk = this.desk(path.slice(CRM_PATH.length));
    const receivedMs = sharedNowMs();
    if (this.options.judgeLater === true && desk.script === undefined) {
      this.unjudged.push({ desk, signed: signedHeaders(request), body, receivedMs, atMs: this.now() });
      send(response, 200);
      return;
    }
    const answer = this.judge(desk, request, body);
    const text = body.toString();
    const { keepBodies = 0 } = this.options;
    if (keepBodies > 0) {
      desk.bodies.push({
        headers: request.headers,
        body: text,
        status: typeof answer === 'string' ? 0 : statusOf(answer),
      });
      if (desk.bodies.length > keepBodies) desk.bodies.shift();
    }
    if (typeof answer === 'string') {
      desk.book.answered(answer);
      if (answer === 'reset') response.socket?.resetAndDestroy();
      this.look();
      return;
    }
    const finish = () => {
      // A sender that gave up before the answer was told nothing: that is no delivery.
      if (response.destroyed) return;
      const status = statusOf(answer);
      desk.book.answered(String(status));
      if (status < 300) {
        const webhookId = header(request, 'webhook-id');
        desk.book.delivered({ ...readDelivery(text), webhookId, receivedMs }, this.now());
      }
      send(response, answer);
      this.look();
    };
    const delayMs = typeof answer === 'number' ? 0 : (answer.delayMs ?? 0);
    if (delayMs > 0) setTimeout(finish, delayMs);
    else finish();
  }

  private judge(desk: Desk, request: IncomingMessage, body: Buffer): Answer {
    if (desk.keys.length > 0) {
      const fault = signatureFault(signedHeaders(request), body, {
        keys: desk.keys,
        nowSeconds: this.now() / 1000,
      });
      if (fault !== undefined) {
        desk.book.badSignature();
        return { status: 401, body: fault };
      }
    }
    return desk.script?.next(this.now()) ?? 200;
  }

  /** With `judgeLater`: checks and books everything that waits. */
  judgeAll(): void {
    for (const { desk, signed, body, receivedMs, atMs } of this.unjudged) {
      const fault =
        desk.keys.length > 0
          ? signatureFault(signed, body, { keys: desk.keys, nowSeconds: atMs / 1000 })
          : undefined;
      desk.book.answered('200');
      if (fault === undefined) {
        const webhookId = signed['webhook-id'] ?? '';
        desk.book.delivered({ ...readDelivery(body.toString()), webhookId, receivedMs }, atMs);
      } else desk.book.badSignature();
    }
    this.unjudged = [];
  }

  override get deliveredCount(): number {
    return super.deliveredCount + this.unjudged.length;
  }

  override reset(what: { scripts?: boolean } = {}): void {
    this.unjudged = [];
    super.reset(what);
  }

  private look(): void {
    for (const look of this.watchers) look();
  }
}

type Reply = Exclude<Answer, string>;

function statusOf(answer: Reply): number {
  return typeof answer === 'number' ? answer : answer.status;
}

function signedHeaders(request: IncomingMessage): SignedHeaders {
  return {
    'webhook-id': header(request, 'webhook-id'),
    'webhook-timestamp': header(request, 'webhook-timestamp'),
    'webhook-signature': header(request, 'webhook-signature'),
  };
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function send(response: ServerResponse, answer: Reply): void {
  const { status, headers = {}, body = OK_BODY } = typeof answer === 'number' ? { status: answer } : answer;
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, {
    'content-type': body.startsWith('{') ? 'application/json' : 'text/plain',
    ...(hasBody ? { 'content-length': Buffer.byteLength(body) } : {}),
    ...headers,
  });
  response.end(hasBody ? body : undefined);
}
