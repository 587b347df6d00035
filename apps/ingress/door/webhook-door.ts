import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { AppError } from '#domain';
import {
  endWith,
  isGone,
  logFailure,
  sourceAddress,
  sourceKey,
  type ClientError,
  type Log,
  type RawDoor,
} from '#platform';
import type { RefusalBook } from '../refusals/refusal-book.js';
import type { AnswerWebhook, WebhookAnswer } from './answer-webhook.js';
import { ArrivingBody } from './arriving-body.js';
import { BareRequest, lostBody } from './bare-request.js';
import type { HeldBytes } from './held-bytes.js';
import { Line, type Exchange } from './line.js';
import { firstLine, namedTarget, readRequestLine } from './read-bare-request.js';
import { refusal, type Refusal } from './refusals.js';
import { sampleOf } from './sample-of.js';

export interface WebhookDoorParts {
  prefix: string;
  answers: Pick<AnswerWebhook, 'answer'>;
  refusals: Pick<RefusalBook, 'add'>;
  held: HeldBytes;
  log: Log;
  /** Proxies of our own in front of us. */
  hops: number;
  /** For how long a request may take to arrive that Node does not watch over. */
  wholeRequestMs: number;
  /** For how long a request may take to arrive once we are stopping. */
  graceMs: number;
}

const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;
const NOTE =
  'Its URL or its headers are not as HTTP wants them, and were read all the same: let the PBX percent-encode what it puts into the URL.';
/** What Node says of bytes behind a request: on a connection that stays open, and on one that ends with the answer. */
const NO_REQUEST = new Set<string | undefined>(['HPE_INVALID_METHOD', 'HPE_CLOSED_CONNECTION']);
/** A body that is longer is not waited for when its request is refused. */
const MOST_THROWN_AWAY_BYTES = 8 * 1024 * 1024;
/** After these nothing more of the request is waited for. */
const ENDS_CONNECTION = new Set([400, 408, 429]);

/** Takes webhooks off the socket. Nothing judges a request before this does (docs/adr/0015). */
export class WebhookDoor implements RawDoor {
  private readonly lines = new Map<Socket, Line>();
  private isStopping = false;

  constructor(private readonly parts: WebhookDoorParts) {}

  opened(socket: Socket): void {
    const line: Line = new Line(socket, this.parts.held, (why) => {
      void this.refuseHead(line, line.headSoFar, why);
    });
    this.lines.set(socket, line);
    socket.on('close', () => {
      if (this.lines.get(socket) === line) this.lines.delete(socket);
    });
  }

  left(socket: Socket): void {
    this.lines.get(socket)?.hush();
    this.lines.delete(socket);
  }

  arrived(request: IncomingMessage): void {
    this.lines.get(request.socket)?.arrived(request);
  }

  /** Node's own clock stops with it, and it waits for every connection: also for one whose sender says no more. */
  stopping(): void {
    this.isStopping = true;
    for (const line of this.lines.values()) if (line.isIdle) line.socket.destroySoon();
    setTimeout(() => {
      for (const { open } of this.lines.values()) {
        for (const { body } of open) if (!body.isOver) body.fail(refusal('timeout'));
      }
    }, this.parts.graceMs).unref();
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    const line = this.lines.get(request.socket);
    const peer = line?.peer ?? null;
    const { method = '', url = '', headers } = request;
    const source = sourceKey(sourceAddress(headers['x-forwarded-for'], peer, this.parts.hops));
    const waits = headers.expect !== undefined && CONTINUE.test(headers.expect);
    const body = new ArrivingBody(request, this.parts.held, source, () => {
      if (waits) response.writeContinue();
    });
    const exchange: Exchange = { request, response, body, afterwards: [] };
    line?.begin(exchange);
    // A sender that is gone when he is answered has been kept all the same.
    response.on('error', () => undefined);
    void this.parts.answers
      .answer({
        method,
        url,
        headers,
        peer,
        body,
        note: null,
        isFrom: (connection) => {
          if (line) line.owner = connection;
        },
      })
      .then((answer) => {
        const ends = this.isStopping || body.surplus !== null || isUnwanted(answer, body, waits);
        write(exchange, answer, ends);
        body.release();
        line?.open.delete(exchange);
        for (const act of exchange.afterwards) act();
      })
      .catch((error: unknown) => {
        this.broken(error, request.socket);
      });
  }

  /** A fault of ours: whoever waits is let go, and everybody else goes on. */
  private broken(error: unknown, socket: Socket): void {
    logFailure(this.parts.log, 'webhook.failed', error, {});
    socket.destroy();
  }

  failed(error: ClientError, socket: Socket): boolean {
    const line = this.lines.get(socket);
    if (!line) return false;
    if (line.isOver) return true;
    const { last } = line;
    if (last && !last.request.complete) this.failBody(line, last, error);
    else if (isGone(error)) this.lostHead(line, last);
    else if (last) this.surplus(line, last, error);
    else return this.unreadable(line, error);
    return true;
  }

  /** A request's head came, and its body will not come whole. */
  private failBody(line: Line, { body }: Exchange, error: ClientError): void {
    // It was answered before, and what else came of it was thrown away until now.
    if (body.isOver) line.socket.destroy();
    else body.fail(refusal(isGone(error) ? 'cut_off' : isTimeout(error) ? 'timeout' : 'bad_body'));
  }

  /** The sender is gone, or has closed his half of the connection. What has wholly come is kept and answered. */
  private lostHead(line: Line, last: Exchange | undefined): void {
    const head = line.headSoFar;
    if (last || head.length === 0) {
      if (!last) line.socket.destroy();
      return;
    }
    void this.refuseHead(line, head, refusal('cut_off'));
  }

  /** A whole request is being answered, and what follows it is no request that Node can read. */
  private surplus(line: Line, last: Exchange, error: ClientError): void {
    const { body } = last;
    const { rawPacket } = error;
    // A request was refused that followed: nothing is the first one's from there on.
    if (body.surplus?.length === 0) return;
    // Only the first time the parser knows where it stopped.
    const bytes = rawPacket?.subarray(body.surplus ? 0 : line.endOfRequest(rawPacket, last, error));
    const said = firstLine(bytes ?? new Uint8Array());
    if (bytes && NO_REQUEST.has(error.code) && !this.isRequest(said)) {
      body.addSurplus(bytes);
      return;
    }
    const why = isTimeout(error) ? 'timeout' : 'not_http';
    // Whose the connection is is not known before.
    last.afterwards.push(() => {
      if (this.isRequest(said)) void this.answerUnread(line, said, refusal(why));
      else this.count(line, why, said);
    });
    body.addSurplus(new Uint8Array());
  }

  private isRequest(line: string): boolean {
    return readRequestLine(line)?.url.startsWith(this.parts.prefix) === true;
  }

  /** No request is under way: what came is none that Node can read, or the rest of one that was answered. */
  private unreadable(line: Line, error: ClientError): boolean {
    const bytes = error.rawPacket ? line.unread(error.rawPacket) : line.headSoFar;
    const request = readRequestLine(firstLine(bytes));
    if (request?.url.startsWith(this.parts.prefix) !== true) {
      if (!line.owner) return this.refuseNamed(line, bytes);
      // Too long a body was sent in two pieces: the first was answered before the second came.
      this.count(line, request ? 'not_http' : 'surplus', firstLine(bytes));
      line.isOver = true;
      line.socket.end();
      return true;
    }
    if (isTimeout(error)) void this.refuseHead(line, bytes, refusal('timeout'));
    else if (error.code === 'HPE_HEADER_OVERFLOW') {
      const isUrl = !bytes.includes('\n');
      void this.refuseHead(line, bytes, refusal(isUrl ? 'url_too_long' : 'headers_too_long'));
    } else {
      this.readBare(line, bytes).catch((thrown: unknown) => {
        this.broken(thrown, line.socket);
      });
    }
    return true;
  }

  /** Reads it ourselves; the connection ends with the answer, so that nothing can hide behind it. */
  private async readBare(line: Line, first: Buffer): Promise<void> {
    const { socket, peer } = line;
    line.isOver = true;
    line.hush();
    // Node's parser reads no more of this connection.
    socket.removeAllListeners('data');
    const source = sourceKey(peer);
    const bare = new BareRequest(socket, this.parts.wholeRequestMs);
    const outcome = await bare.read(first, this.parts.held, source);
    const { head } = outcome;
    if (!head) {
      await this.answerHead(line, first, outcome.ok ? refusal('not_http') : outcome.error);
      return;
    }
    const body = outcome.ok ? outcome.body : lostBody(outcome.error, head.length);
    const { method, url, headers } = head;
    endWith(socket, await this.parts.answers.answer({ method, url, headers, peer, body, note: NOTE }));
  }

  /** The head of a request will not come whole, or is too long. */
  private async refuseHead(line: Line, bytes: Buffer, error: AppError): Promise<void> {
    if (line.isOver) return;
    line.isOver = true;
    line.hush();
    await this.answerHead(line, bytes, error).catch((thrown: unknown) => {
      this.broken(thrown, line.socket);
    });
  }

  private async answerHead(line: Line, bytes: Buffer, error: AppError): Promise<void> {
    const answer = await this.answerUnread(line, firstLine(bytes), error);
    if (answer) endWith(line.socket, answer);
    else line.socket.destroy();
  }

  /**
   * Refuses a request and counts it, for whom its first line names: also where that is no request line. Undefined where it
   * names nobody.
   */
  private async answerUnread(
    { peer }: Line,
    said: string,
    error: AppError,
  ): Promise<WebhookAnswer | undefined> {
    const request = readRequestLine(said);
    const { prefix } = this.parts;
    const url = request?.url.startsWith(prefix) === true ? request.url : namedTarget(said, prefix);
    if (url === undefined) return undefined;
    // As whatever method it was.
    const method = request?.method === 'GET' ? 'GET' : 'POST';
    const body = lostBody(error, undefined);
    return this.parts.answers.answer({ method, url, headers: {}, peer, body, note: null });
  }

  /** What is no request line, and may say all the same whom it is for. */
  private refuseNamed(line: Line, bytes: Buffer): boolean {
    if (namedTarget(firstLine(bytes), this.parts.prefix) === undefined) return false;
    void this.refuseHead(line, bytes, refusal('not_http'));
    return true;
  }

  private count({ owner }: Line, why: Refusal | 'surplus', said: string): void {
    const reason = why === 'timeout' || why === 'surplus' ? why : 'not_http';
    const sample = sampleOf({
      method: '',
      url: said.slice(0, 80),
      contentType: undefined,
      bytes: said.length,
    });
    this.parts.refusals.add({ reason, connection: owner, sample });
  }
}

function isTimeout({ code }: ClientError): boolean {
  return code === 'ERR_HTTP_REQUEST_TIMEOUT';
}

/** Whether the rest of a refused request's body is not worth waiting for. */
function isUnwanted({ status }: WebhookAnswer, { announced = 0 }: ArrivingBody, waits: boolean): boolean {
  return status >= 400 && (waits || ENDS_CONNECTION.has(status) || announced > MOST_THROWN_AWAY_BYTES);
}

function write(
  { request, response }: Exchange,
  { status, headers, body }: WebhookAnswer,
  ends: boolean,
): void {
  const all: OutgoingHttpHeaders = Object.assign({}, headers);
  if (status !== 204) all['content-length'] = Buffer.byteLength(body);
  if (ends) all['connection'] = 'close';
  response.writeHead(status, all);
  response.end(request.method === 'HEAD' ? undefined : body);
}
