import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Node's word for a request that was not there within the server's deadline. */
const TOO_LATE = 'ERR_HTTP_REQUEST_TIMEOUT';

const taken = new WeakSet<Socket>();

/**
 * Lets the body of this request take as long as it takes, for files: the server's deadline does not count for it. A sender that
 * sends nothing for a while is cut off all the same.
 *
 * @param silenceMs  how long it may be silent
 */
export function takeLongBody(request: IncomingMessage, silenceMs: number): void {
  const { socket } = request;
  const cut = () => {
    socket.destroy();
  };
  taken.add(socket);
  socket.setTimeout(silenceMs, cut);
  // The next request on this connection is as any other.
  request.once('close', () => {
    taken.delete(socket);
    // Unless the answer is out already, and the server waits for the next request in its own time.
    if (socket.timeout === silenceMs) socket.setTimeout(0);
    socket.off('timeout', cut);
  });
}

/** Whether Node's complaint is only that such a body takes long. */
export function isLongBody({ code }: { code?: string | undefined }, socket: Socket): boolean {
  return code === TOO_LATE && taken.has(socket);
}
