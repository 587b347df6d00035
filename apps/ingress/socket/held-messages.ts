/** What all sockets of a process hold of messages that are not kept yet. Beyond this no socket is read from. */
const MOST_BYTES = 64 * 1024 * 1024;
/** The same of one socket. */
const MOST_OF_SOCKET_BYTES = 512 * 1024;
const MOST_OF_SOCKET = 1_000;

/** Decides whether a socket is read from: not faster than we commit, or memory would grow with what a PBX can send. */
export class HeldMessages {
  bytes = 0;

  add(bytes: number): void {
    this.bytes += bytes;
  }

  isTooMuch(queue: { length: number; bytes: number }): boolean {
    return (
      queue.length >= MOST_OF_SOCKET ||
      queue.bytes >= MOST_OF_SOCKET_BYTES ||
      (this.bytes >= MOST_BYTES && queue.length > 0)
    );
  }

  /** Well below, so that a socket is not stopped and started with each message. */
  isFine(queue: { length: number; bytes: number }): boolean {
    return queue.length <= MOST_OF_SOCKET / 2 && queue.bytes <= MOST_OF_SOCKET_BYTES / 2;
  }
}
