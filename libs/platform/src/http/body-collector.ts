/** How much of a decoded body is kept where nobody asks for more. */
export const KEPT_BODY_BYTES = 16 * 1_024;
/**
 * How much is read at all. Reading a little more than we keep saves the connection; beyond this a new connection is
 * cheaper. A coded body this long decodes to more than we keep, save for one that was coded to grow.
 */
const READ_LIMIT_BYTES = 64 * 1_024;

/** Takes the chunks of one body and keeps as many as are worth keeping. */
export class BodyCollector {
  #chunks: Buffer[] = [];
  #keptBytes = 0;
  #readBytes = 0;

  constructor(
    private readonly keepBytes: number,
    private readonly readBytesAtMost: number,
  ) {}

  /** Plain bodies are kept up to `keepBytes`, coded ones as far as they are read. */
  static for(contentEncoding: string | undefined, keepBytes = KEPT_BODY_BYTES): BodyCollector {
    const limit = Math.max(READ_LIMIT_BYTES, keepBytes);
    return new BodyCollector(contentEncoding === undefined ? keepBytes : limit, limit);
  }

  /** @returns false when enough was read and the rest should not even be received */
  add(chunk: Buffer): boolean {
    this.#readBytes += chunk.length;
    const room = this.keepBytes - this.#keptBytes;
    if (room > 0) {
      const part = chunk.length > room ? chunk.subarray(0, room) : chunk;
      this.#chunks.push(part);
      this.#keptBytes += part.length;
    }
    return this.#readBytes <= this.readBytesAtMost;
  }

  get isCut(): boolean {
    return this.#readBytes > this.#keptBytes;
  }

  bytes(): Buffer {
    const [only] = this.#chunks;
    if (only === undefined) return Buffer.alloc(0);
    return this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks, this.#keptBytes);
  }
}
