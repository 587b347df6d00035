import type { IncomingMessage } from 'node:http';
import type { AppError } from '#domain';
import { BODY_LIMIT_BYTES } from '#platform';
import { GrowingBuffer } from './growing-buffer.js';
import type { HeldBytes, Holding } from './held-bytes.js';
import { refusal } from './refusals.js';

export type BodyReading = { ok: true; bytes: Uint8Array } | { ok: false; error: AppError };

/** The body of a request, wherever it is by now. */
export interface IncomingBody {
  /** Lets all of it come. Resolves when it has, or when it will not. */
  whole(): Promise<BodyReading>;
  /** What came after its announced length, as far as that is known when the whole has come. */
  readonly surplus: Uint8Array | null;
  /** Length that was announced; undefined where none was. */
  readonly announced: number | undefined;
}

/** How much may come before anybody knows whether the request is wanted. */
const UNASKED_BYTES = 64 * 1024;
const MOST_SURPLUS_BYTES = 64 * 1024;
/** For how long more is waited for of a body that was not announced and yet has a type, and of it in all. */
const QUIET_MS = 250;
const LINGER_MS = 5_000;

/**
 * Collects a body from the moment its request came: what a sender has sent before it resets the connection is lost if nobody
 * has taken it by then. Beyond a little it waits until somebody asks for the whole.
 */
export class ArrivingBody implements IncomingBody {
  readonly announced: number | undefined;
  private readonly buffer = new GrowingBuffer();
  private readonly holding: Holding;
  private reading: BodyReading | undefined;
  private wanted = false;
  private tell: ((reading: BodyReading) => void) | undefined;
  private extra: Uint8Array | null = null;
  /** Of a body that may come although none was announced. */
  private quiet: NodeJS.Timeout | undefined;
  private longest: NodeJS.Timeout | undefined;

  /** @param letCome  called when the whole is wanted, e.g. to tell the sender to go on */
  constructor(
    private readonly request: IncomingMessage,
    held: HeldBytes,
    source: string,
    private readonly letCome: () => void,
  ) {
    const length = request.headers['content-length'];
    this.announced = length === undefined ? undefined : Number(length);
    this.holding = held.open(source, (why) => {
      this.fail(why);
    });
    request.on('data', this.onData);
    request.on('end', () => {
      if (mayFollow(request)) this.linger();
      else this.finish();
    });
    request.on('error', this.cut);
    request.on('close', this.cut);
  }

  /** Bytes of it that have come, whether they were taken or not. */
  get arrived(): number {
    return this.buffer.length + this.request.readableLength;
  }

  get surplus(): Uint8Array | null {
    return this.extra;
  }

  /** Whether the whole has come, or will not. */
  get isOver(): boolean {
    return this.reading !== undefined;
  }

  whole(): Promise<BodyReading> {
    if (this.announced !== undefined && this.announced > BODY_LIMIT_BYTES) this.fail(refusal('too_large'));
    if (this.reading) return Promise.resolve(this.reading);
    this.wanted = true;
    this.letCome();
    this.request.resume();
    return new Promise((resolve) => (this.tell = resolve));
  }

  /** It will not come whole. Whatever comes of it still is thrown away. */
  fail(error: AppError): void {
    if (this.reading) return;
    this.end({ ok: false, error });
    this.holding.release();
    this.request.off('data', this.onData);
    this.request.resume();
  }

  /** Bytes that followed. */
  addSurplus(bytes: Uint8Array): void {
    const all = this.extra === null ? Buffer.from(bytes) : Buffer.concat([this.extra, bytes]);
    this.extra = all.subarray(0, MOST_SURPLUS_BYTES);
    this.quiet?.refresh();
    if (this.quiet && all.length > MOST_SURPLUS_BYTES) this.finish();
  }

  /** The request is answered: nothing of it is held any more. */
  release(): void {
    this.cut();
    this.holding.release();
  }

  /** For HTTP it is whole: what may follow comes in a packet of its own, and a little later. */
  private linger(): void {
    this.quiet = setTimeout(this.finish, QUIET_MS);
    this.longest = setTimeout(this.finish, LINGER_MS);
    this.request.socket.once('end', this.finish).once('close', this.finish);
  }

  private readonly finish = (): void => {
    if (this.quiet) {
      clearTimeout(this.quiet);
      clearTimeout(this.longest);
      this.quiet = undefined;
      this.request.socket.off('end', this.finish).off('close', this.finish);
    }
    this.end({ ok: true, bytes: this.buffer.bytes });
  };

  /** An error costs its stack: it is made only where there is one. */
  private readonly cut = (): void => {
    if (!this.reading && !this.quiet) this.fail(refusal('cut_off'));
  };

  private readonly onData = (piece: Uint8Array): void => {
    if (this.buffer.length + piece.length > BODY_LIMIT_BYTES) {
      this.fail(refusal('too_large'));
      return;
    }
    this.holding.grow(this.buffer.add(piece));
    if (!this.wanted && this.buffer.length >= UNASKED_BYTES) this.request.pause();
  };

  private end(reading: BodyReading): void {
    if (this.reading) return;
    this.reading = reading;
    this.holding.finish();
    this.tell?.(reading);
  }
}

/**
 * Whether a body may come that HTTP knows nothing of: without a length and without chunks it takes it for none. A type says that
 * there is one, and a connection that ends with the answer is how bodies ended in HTTP/1.0.
 */
function mayFollow({ method, headers, httpVersionMinor }: IncomingMessage): boolean {
  if (method !== 'POST' || headers['content-length'] !== undefined) return false;
  if (headers['transfer-encoding'] !== undefined) return false;
  const ends = httpVersionMinor === 0 || headers.connection?.toLowerCase() === 'close';
  return ends || headers['content-type'] !== undefined;
}
