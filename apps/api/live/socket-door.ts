import { createServer, type Server } from 'node:http';
import { Server as SocketServer, type Socket } from 'socket.io';
import { takeUpgrades } from '#platform';

const SECOND = 1_000;
/** Idle connections are asked whether they are still there, so that proxies keep them and the dead are noticed. */
const PING_EVERY_MS = 25 * SECOND;
const PONG_WITHIN_MS = 20 * SECOND;
const HANDSHAKE_WITHIN_MS = 10 * SECOND;
/** How often it is seen to: slow connections, and what connections stand on. */
const LOOK_EVERY_MS = SECOND;
const GATE_EVERY_MS = 3 * SECOND;
/** A connection that has so many messages waiting is cut: it comes back when it can read again. */
export const MOST_WAITING = 500;

export type DoorSocket<Data> = Socket<never, never, never, Data>;

export interface SocketDoorParts<Data> {
  /** The path of the HTTP server that is served. */
  path: string;
  /** A longer message of a client ends its connection. */
  mostMessageBytes: number;
  /** Rejects where it may not come in. */
  letIn: (socket: DoorSocket<Data>) => Promise<void>;
  /** What somebody whom we did not let in is told; its `data` is sent along. */
  refusal: (error: unknown) => Error;
  serve: (socket: DoorSocket<Data>) => void;
  cutSlow: () => void;
  endFallen: () => Promise<void>;
}

/** Where Socket.IO's clients of version 2 to 4 come in, and those of before: by WebSocket alone. */
export class SocketDoor<Data> {
  readonly io: SocketServer<never, never, never, Data>;
  private timers: NodeJS.Timeout[] = [];

  constructor(private readonly parts: SocketDoorParts<Data>) {
    const { path, mostMessageBytes, letIn, refusal, serve } = parts;
    // It is given its connections by us, and must not touch how the real server treats everybody else's requests.
    this.io = new SocketServer(createServer(), {
      path,
      transports: ['websocket'],
      // Clients of version 2 speak the protocol of before.
      allowEIO3: true,
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: mostMessageBytes,
      pingInterval: PING_EVERY_MS,
      pingTimeout: PONG_WITHIN_MS,
      connectTimeout: HANDSHAKE_WITHIN_MS,
    });
    this.io.use((socket, next) => {
      letIn(socket).then(
        () => {
          next();
        },
        (error: unknown) => {
          next(refusal(error));
        },
      );
    });
    this.io.on('connection', serve);
  }

  /** @param server  the HTTP server whose path it serves */
  start(server: Server): void {
    const { path, cutSlow, endFallen } = this.parts;
    takeUpgrades(server, path, (request, socket, head) => {
      socket.setNoDelay(true);
      this.io.engine.handleUpgrade(request, socket, head);
    });
    this.timers = [
      setInterval(cutSlow, LOOK_EVERY_MS),
      setInterval(() => {
        void endFallen();
      }, GATE_EVERY_MS),
    ];
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.io.close();
  }
}
