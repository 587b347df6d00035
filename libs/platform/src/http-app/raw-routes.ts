import type { INestApplicationContext } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What Node says of bytes that it cannot read as HTTP, of a time-out, or of a connection that broke. */
export interface ClientError extends Error {
  code?: string;
  /** The last bytes that came, where its parser stopped in them. */
  rawPacket?: Buffer;
  /** How many of those were fine. */
  bytesParsed?: number;
}

/** Takes requests as they come off the socket, with no framework in between. */
export interface RawDoor {
  /** A connection was opened, for whatever request. */
  opened(socket: Socket): void;
  /** The head of a request has come, whosever it is. */
  arrived(request: IncomingMessage): void;
  /** A request below the prefix; its body may still be on its way. Also one that waits for `100 Continue`. */
  take(request: IncomingMessage, response: ServerResponse): void;
  /** @returns false when it is nothing to this door, and nobody has answered */
  failed(error: ClientError, socket: Socket): boolean;
  /** From now on the connection's bytes are nobody's requests, or it is opened once more. */
  left(socket: Socket): void;
  /** From now on each answer ends its connection. */
  stopping(): void;
}

/** The part of an app that takes requests itself: no content type, charset or parser decides before it does (docs/adr/0015). */
export interface RawRoutes {
  prefix: string;
  doorOf: (app: INestApplicationContext) => RawDoor;
}
