import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { AppError, TenantId, ConnectionId } from '#domain';
import { MAX_HEADER_BYTES, sourceKey, type ClientError } from '#platform';
import type { ArrivingBody } from './arriving-body.js';
import type { HeldBytes, Holding } from './held-bytes.js';

/** A request that is being answered. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  body: ArrivingBody;
  /** What is to be done when it is answered, and so known whose it was. */
  afterwards: (() => void)[];
}

/** Whose a request was, for counting what follows it. */
export interface Owner {
  tenantId: TenantId;
  connectionId: ConnectionId;
}

const END_OF_HEAD = '\r\n\r\n';
/** The most that a single chunk adds to what Node's parser stops at. */
const MOST_HEAD_BYTES = MAX_HEADER_BYTES + 64 * 1024;

/**
 * One connection of somebody's. Remembers where it came from, what is being answered on it, and the bytes of a head that has not
 * wholly come: Node tells of a head that it cannot read only the last bytes.
 */
export class Line {
  /** Null when the sender was gone before anybody looked. */
  readonly peer: string | null;
  /** Requests that are not answered yet, in the order of their coming. */
  readonly open = new Set<Exchange>();
  /** Of the last request that was somebody's. */
  owner: Owner | undefined;
  /** Nothing that comes by it is of use any more. */
  isOver = false;
  private latest: IncomingMessage | undefined;
  private latestIsOurs = false;
  /** Bytes of the latest request's body that came before the packet that is being read. */
  private bodyBefore = 0;
  private between = true;
  private begun = false;
  private head: Buffer[] = [];
  private headBytes = 0;
  private readonly holding: Holding;

  /** @param giveUp  told when the head must not be waited for any longer */
  constructor(
    readonly socket: Socket,
    held: HeldBytes,
    giveUp: (why: AppError) => void,
  ) {
    this.peer = socket.remoteAddress ?? null;
    this.holding = held.open(sourceKey(this.peer), giveUp);
    // After Node's own, which has read the chunk by then.
    socket.on('data', this.onChunk);
    socket.on('close', () => {
      this.dropHead();
      this.holding.release();
    });
  }

  /** Whether nobody is owed anything on it: what came last was ours and is answered, or no request has come at all. */
  get isIdle(): boolean {
    return this.open.size === 0 && (this.latest === undefined || this.latestIsOurs);
  }

  /** A request below our prefix. */
  begin(exchange: Exchange): void {
    this.latestIsOurs = true;
    this.open.add(exchange);
  }

  /** A request's head has come. */
  arrived(request: IncomingMessage): void {
    this.latest = request;
    this.latestIsOurs = false;
    this.begun = true;
    this.bodyBefore = 0;
  }

  /**
   * Where in a packet the last request ends that is whole. Node says where its parser stopped, which lies behind that: it has
   * read the letters by which a method would begin (`S` of `SWER"}`), or the first byte that it does not want any more.
   */
  endOfRequest(packet: Buffer, { body }: Exchange, { code, bytesParsed = 0 }: ClientError): number {
    const bytes = body.arrived - this.bodyBefore;
    const isFramed = body.announced !== undefined || bytes === 0;
    if (isFramed && !this.begun) return bytes;
    const from = bytesParsed - bytes - END_OF_HEAD.length;
    const head = isFramed && from >= 0 ? packet.lastIndexOf(END_OF_HEAD, from) : -1;
    if (head >= 0) return head + END_OF_HEAD.length + bytes;
    // Chunks, or a head that ended between two packets.
    return code === 'HPE_CLOSED_CONNECTION' ? Math.max(0, bytesParsed - 1) : bytesParsed;
  }

  /** The last request that waits for its answer. */
  get last(): Exchange | undefined {
    return [...this.open].at(-1);
  }

  /** What came since the last request ended, with what Node could not read of it. */
  unread(packet: Buffer): Buffer {
    return this.begun || !this.between ? packet : Buffer.concat([...this.head, packet]);
  }

  /** What of a head has come so far. */
  get headSoFar(): Buffer {
    return Buffer.concat(this.head);
  }

  /** From now on its bytes are somebody else's. */
  hush(): void {
    this.socket.off('data', this.onChunk);
    this.dropHead();
  }

  private readonly onChunk = (chunk: Buffer): void => {
    const wasBetween = this.between;
    this.between = this.latest?.complete ?? true;
    if (!this.between && this.latestIsOurs) this.bodyBefore = this.last?.body.arrived ?? 0;
    if (this.begun) {
      this.begun = false;
      this.dropHead();
    } else if (wasBetween && this.headBytes < MOST_HEAD_BYTES) {
      this.head.push(chunk);
      this.headBytes += chunk.length;
      // Node has them as well.
      this.holding.grow(2 * chunk.length);
    }
  };

  private dropHead(): void {
    if (this.headBytes === 0) return;
    this.holding.shrink(2 * this.headBytes);
    this.head = [];
    this.headBytes = 0;
  }
}
