/** How much of a decoded body is kept. */
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

  /** @param keepBytes  plain bodies are kept up to `KEPT_BODY_BYTES`, coded ones as far as they are read */
  constructor(private readonly keepBytes: number) {}

  static for(contentEncoding: string | undefined): BodyCollector {
    return new BodyCollector(contentEncoding === undefined ? KEPT_BODY_BYTES : READ_LIMIT_BYTES);
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
    return this.#readBytes <= READ_LIMIT_BYTES;
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
