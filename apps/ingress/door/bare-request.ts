import type { Socket } from 'node:net';
import type { AppError } from '#domain';
import { BODY_LIMIT_BYTES, MAX_HEADER_BYTES } from '#platform';
import type { BodyReading, IncomingBody } from './arriving-body.js';
import { GrowingBuffer } from './growing-buffer.js';
import type { HeldBytes } from './held-bytes.js';
import { readBareRequest, type BareHead } from './read-bare-request.js';
import { refusal } from './refusals.js';

export type BareOutcome =
  | { ok: true; head: BareHead; body: IncomingBody }
  /** With its head, where that could be read. */
  | { ok: false; error: AppError; head: BareHead | undefined };

/** A head that comes in more pieces than these was made to be read again and again. */
const MOST_LOOKS = 256;
const LF = 0x0a;

/** Takes a connection over from Node's parser, and reads the one request that is on it. */
export class BareRequest {
  private readonly buffer = new GrowingBuffer();
  private head: BareHead | undefined;
  private looks = 0;
  private tell: (outcome: BareOutcome) => void = () => undefined;

  constructor(
    private readonly socket: Socket,
    private readonly withinMs: number,
  ) {}

  /**
   * Resolves when the request has wholly come, or will not.
   *
   * @param first  what has come of it already, from its first byte on
   */
  async read(first: Uint8Array, held: HeldBytes, source: string): Promise<BareOutcome> {
    const holding = held.open(source, (error) => {
      this.fail(error);
    });
    const clock = setTimeout(() => {
      this.fail(refusal('timeout'));
    }, this.withinMs);
    const onData = (chunk: Uint8Array): void => {
      holding.grow(this.buffer.add(chunk));
      this.look(chunk);
    };
    const cut = (): void => {
      this.fail(refusal('cut_off'));
    };
    const outcome = new Promise<BareOutcome>((resolve) => (this.tell = resolve));
    this.socket.on('data', onData).once('end', cut).once('close', cut);
    onData(first);
    try {
      return await outcome;
    } finally {
      clearTimeout(clock);
      // Whatever follows is thrown away, and the connection ends with the answer.
      this.socket.off('data', onData).off('end', cut).off('close', cut).resume();
      holding.release();
    }
  }

  private look(chunk: Uint8Array): void {
    if (!this.head && chunk.includes(LF)) this.findHead();
    if (!this.head) {
      if (this.buffer.length > MAX_HEADER_BYTES) this.fail(refusal('url_too_long'));
      return;
    }
    const { length, bodyAt } = this.head;
    if (length > BODY_LIMIT_BYTES) this.fail(refusal('too_large'));
    else if (this.buffer.length >= bodyAt + length) this.succeed(this.head);
  }

  private findHead(): void {
    this.looks += 1;
    const reading = readBareRequest(this.buffer.bytes);
    if (reading.kind === 'whole') this.head = reading.head;
    else if (reading.kind === 'unreadable') this.fail(refusal(reading.why));
    else if (this.looks >= MOST_LOOKS) this.fail(refusal('not_http'));
  }

  private succeed(head: BareHead): void {
    const { bytes } = this.buffer;
    const end = head.bodyAt + head.length;
    const surplus = bytes.length > end ? bytes.subarray(end) : null;
    this.tell({ ok: true, head, body: arrivedBody(bytes.subarray(head.bodyAt, end), surplus) });
  }

  private fail(error: AppError): void {
    this.tell({ ok: false, error, head: this.head });
  }
}

function arrivedBody(bytes: Uint8Array, surplus: Uint8Array | null): IncomingBody {
  const reading: BodyReading = { ok: true, bytes };
  return { whole: () => Promise.resolve(reading), surplus, announced: bytes.length };
}

/** Of a request whose body is not wanted any more. */
export function lostBody(error: AppError, announced: number | undefined): IncomingBody {
  return { whole: () => Promise.resolve({ ok: false, error }), surplus: null, announced };
}
