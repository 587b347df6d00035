/** 1xx, of which 101 is no interim answer: what was asked for goes on after it in another protocol. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r\n]/;
/** As long as INTERIM; its end stands in for what has not come yet. */
const BEGINNING = 'HTTP/1.1 100 ';
const BLANK_LINE = '\r\n\r\n';
/** As much as undici allows for the head of the real answer; what is longer is left to it. */
const MOST_BYTES = 64 * 1_024;

/**
 * Takes interim answers (RFC 9110, section 15.2) away from what a server says before its real one. undici ends the
 * connection at a `100 Continue` that nobody asked for; servers and proxies in front of them send it anyway.
 */
export class InterimSkipper {
  #waits = false;
  #held: Buffer | null = null;

  /** A request is about to go out: what comes next is the beginning of an answer. */
  begin(): void {
    this.#waits = true;
    this.#held = null;
  }

  /** @returns what is to be read of it now; null while it is not known what it is */
  pass(chunk: Buffer): Buffer | null {
    if (!this.#waits) return chunk;
    let rest = this.#held === null ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = null;
    for (;;) {
      const start = rest.subarray(0, BEGINNING.length).toString('latin1');
      if (!mayBeInterim(start) || rest.length > MOST_BYTES) break;
      const end = rest.indexOf(BLANK_LINE);
      if (end === -1) {
        this.#held = rest;
        return null;
      }
      rest = rest.subarray(end + BLANK_LINE.length);
      if (rest.length === 0) return null;
    }
    this.#waits = false;
    return rest;
  }
}

/** @param start  the first characters, as many as there are */
function mayBeInterim(start: string): boolean {
  return INTERIM.test(start + BEGINNING.slice(start.length));
}
