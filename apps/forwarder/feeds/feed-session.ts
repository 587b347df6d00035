import type { Instant } from '#domain';
import type { Clock, OpenSocket, SocketOpener } from '#platform';
import type { FeedLogin, FeedNews, FeedTold } from '#pbx';
import {
  CONNECT,
  PING,
  engineUrl,
  readEnginePacket,
  writeEvent,
  type EngineVersion,
} from './engine-packet.js';

export interface FeedSessionParts {
  sockets: Pick<SocketOpener, 'open'>;
  clock: Pick<Clock, 'now'>;
  delay: (ms: number) => Promise<unknown>;
  read: (name: string, data: unknown) => FeedNews | undefined;
  /** What the PBX told, one after the other. What it throws ends the session. */
  heard: (news: FeedTold) => Promise<void>;
  /** Looked at a few times a second: whether it has to end now, for a reason of ours. */
  isOver: () => boolean;
}

export type SessionEnd =
  | { kind: 'ours' }
  /** One has to log in again. */
  | { kind: 'expired' }
  | { kind: 'refused'; reason: string; heardMs: number }
  | { kind: 'broken'; reason: string; heardMs: number };

const LOOK_EVERY_MS = 200;
/** From opening the socket to being told something. */
const GREETED_WITHIN_MS = 20_000;
/** Logs in again so long before it has to. */
const BEFORE_EXPIRY_MS = 60_000;
/** However soon the PBX says that a login ends, one is not logged in all the time. */
const LEAST_LOGIN_MS = 10_000;
/** News that wait to be written down; then the session begins anew, as all of it is told again then. */
const MOST_WAITING = 5_000;

/** One connection to a PBX's channel, from its opening to its end. */
export class FeedSession {
  private end: SessionEnd | undefined;
  private failure: { error: unknown } | undefined;
  private socket: OpenSocket | undefined;
  private isOpened = false;
  private heardFrom: Instant | undefined;
  private aliveAt: Instant;
  private pingedAt: Instant;
  private pingMs: number | undefined;
  private deadMs = GREETED_WITHIN_MS;
  private waiting = 0;
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly parts: FeedSessionParts,
    private readonly version: EngineVersion,
  ) {
    this.aliveAt = this.pingedAt = parts.clock.now();
  }

  /** In the older protocol, which newer servers mostly speak too; a server that does not is spoken to in the newer one. */
  static async run(parts: FeedSessionParts, login: FeedLogin): Promise<SessionEnd> {
    const older = new FeedSession(parts, 3);
    const end = await older.run(login);
    if (end.kind !== 'broken' || older.isOpened || parts.isOver()) return end;
    return new FeedSession(parts, 4).run(login);
  }

  /** @throws what `heard` has thrown */
  private async run({ url, query, expiresAt }: FeedLogin): Promise<SessionEnd> {
    const { clock, sockets } = this.parts;
    const begun = clock.now();
    const expires =
      expiresAt === null ? Infinity : Math.max(expiresAt - BEFORE_EXPIRY_MS, begun + LEAST_LOGIN_MS);
    this.socket = sockets.open(engineUrl(url, query, this.version), {
      opened: () => undefined,
      text: (message) => {
        this.hear(message);
      },
      ended: (reason) => {
        this.break(reason);
      },
    });
    while (this.end === undefined) {
      if (this.parts.isOver()) this.end = { kind: 'ours' };
      else if (clock.now() >= expires) this.end = { kind: 'expired' };
      else this.keepAlive(clock.now());
      if (this.end === undefined) await this.parts.delay(LOOK_EVERY_MS);
    }
    this.socket.close();
    await this.writing;
    if (this.failure !== undefined) throw asError(this.failure.error);
    return this.end;
  }

  private keepAlive(now: Instant): void {
    if (now - this.aliveAt > this.deadMs) this.break('The PBX fell silent.');
    else if (this.version === 3 && this.pingMs !== undefined && now - this.pingedAt >= this.pingMs) {
      this.pingedAt = now;
      this.socket?.send(PING);
    }
  }

  private hear(message: string): void {
    if (this.end !== undefined) return;
    const packet = readEnginePacket(message);
    this.aliveAt = this.parts.clock.now();
    switch (packet.kind) {
      case 'opened':
        this.isOpened = true;
        this.pingMs = packet.pingMs;
        this.deadMs = packet.deadMs;
        if (this.version === 4) this.socket?.send(CONNECT);
        return;
      case 'ping':
        this.socket?.send(packet.answer);
        return;
      case 'event':
        this.take(this.parts.read(packet.name, packet.data));
        return;
      case 'refused':
        this.refuse('The PBX lets us not into its channel.');
        return;
      case 'closed':
        this.break('The PBX closed its channel.');
        return;
      default:
        return;
    }
  }

  private take(news: FeedNews | undefined): void {
    if (news === undefined) return;
    if (news.kind === 'say') this.socket?.send(writeEvent(news.name, news.data));
    else if (news.kind === 'refused') this.refuse(news.reason);
    else {
      this.heardFrom ??= this.parts.clock.now();
      this.waiting += 1;
      if (this.waiting > MOST_WAITING) this.break('The PBX tells more than we can take.');
      this.writing = this.writing.then(() => this.write(news));
    }
  }

  private async write(news: FeedTold): Promise<void> {
    this.waiting -= 1;
    if (this.failure !== undefined) return;
    try {
      await this.parts.heard(news);
    } catch (error) {
      this.failure = { error };
      this.end ??= { kind: 'ours' };
    }
  }

  private refuse(reason: string): void {
    this.end ??= { kind: 'refused', reason, heardMs: this.heardMs() };
  }

  private break(reason: string): void {
    this.end ??= { kind: 'broken', reason, heardMs: this.heardMs() };
  }

  private heardMs(): number {
    return this.heardFrom === undefined ? 0 : this.parts.clock.now() - this.heardFrom;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('A thrown value that is no error.', { cause: error });
}
