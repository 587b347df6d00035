import type { WebSocket } from 'ws';
import { instant, type Instant } from '#domain';
import type { SocketRequest, SortedMessage } from '#dialects';
import type { HeldSocket, IngressConnection, OpenedSocket, SocketBeat, SocketReply, SocketStore } from '#db';
import { logFailure, type Clock } from '#platform';
import { CatchUp } from './catch-up.js';
import { ClockGap } from './clock-gap.js';
import { CLOSE_CODE } from './close-codes.js';
import { PendingAsks } from './pending-asks.js';
import { SocketKeeper, type Entry, type SocketKeeperParts, type SocketOf } from './socket-keeper.js';
import { Timers } from './timers.js';

const SECOND = 1_000;
const PING_EVERY_MS = 5 * SECOND;
/** A peer that nothing was heard of for so long, not even the answer to a ping, is gone. */
const DEAD_AFTER_MS = 15 * SECOND;
/** We look each second. */
const STOOD_STILL_MS = 5 * SECOND;
const ANSWERS_WITHIN_MS = 10 * SECOND;
/** A peer that says nothing more for so long is not waited for to say goodbye; until it does, what it still says is kept. */
const SILENT_FOR_MS = SECOND;
const CLOSES_WITHIN_MS = 5 * SECOND;
const LOOK_EVERY_MS = 250;
/** A PBX that does not read must not make us hold what we say. */
const MOST_UNSENT_BYTES = 1024 * 1024;
const LONGEST_REASON = 120;

const REPLACED = 'The PBX has opened another WebSocket.';
const USED_UP = 'This account has used up what is kept for it in a day.';
const BUSY = 'The connection of the PBX takes no requests at this moment.';
const UNREADABLE: Extract<SortedMessage, { kind: 'event' }> = {
  kind: 'event',
  at: null,
  quiet: false,
  part: null,
};

export interface PbxSocketParts extends SocketKeeperParts {
  store: SocketKeeperParts['store'] & Pick<SocketStore, 'sibling'>;
  clock: Pick<Clock, 'now'>;
  newAskId: () => string;
}

/**
 * One WebSocket of a PBX while it is the newest of its line. What it says is kept in order, and not more is read than can be
 * kept (docs/adr/0043).
 */
export class PbxSocket {
  readonly opened: OpenedSocket;
  readonly token: string;
  readonly keeper: SocketKeeper;
  private readonly gap: ClockGap;
  private readonly asks = new PendingAsks();
  private readonly timers = new Timers();
  private lastHeardAt: Instant;
  private lastPingAt: Instant;
  private lastTickAt: Instant;
  private isPaused = false;
  private readonly catchUp: CatchUp;
  private isClosed = false;
  private reason: string | undefined;

  constructor(
    private readonly ws: WebSocket,
    private readonly of: SocketOf,
    private readonly our: PbxSocketParts,
  ) {
    this.opened = of.opened;
    this.token = of.token;
    this.gap = new ClockGap(of.opened.clockAheadMs);
    this.keeper = new SocketKeeper(of, this.gap, our, {
      lost: () => {
        this.lose();
      },
      kept: (entries) => {
        if (this.isPaused && our.held.isFine(this.keeper.queue)) this.resume();
        this.react(entries);
      },
      usedUp: () => {
        this.end(CLOSE_CODE.tryLater, USED_UP);
      },
      missing: (parts) => {
        this.catchUp.missing(parts);
      },
    });
    this.catchUp = this.caughtUp();
    this.lastHeardAt = this.lastPingAt = this.lastTickAt = our.clock.now();
    this.listen();
  }

  private caughtUp(): CatchUp {
    const { our, timers, keeper } = this;
    return new CatchUp(this.of, {
      ...{ store: our.store, clock: our.clock, log: our.log, timers, keeper },
      ask: (request) => this.ask(our.newAskId(), request, ANSWERS_WITHIN_MS),
      add: (entry) => {
        this.add(entry);
      },
      isClosed: () => this.isClosed,
    });
  }

  /** Says what is to be said on a new socket, and asks what was missed. */
  start(): void {
    for (const request of this.of.protocol.greet) void this.greet(request);
    void this.catchUp.askWhatGoesOn();
  }

  /** Whether a request can be written now, and its answer read. */
  get takesAsks(): boolean {
    return this.ws.readyState === this.ws.OPEN && !this.isPaused;
  }

  get isHeld(): boolean {
    return this.isPaused;
  }

  /** Never rejects. `refused` only where nothing was written. */
  ask(id: string, request: SocketRequest, timeoutMs: number): Promise<SocketReply> {
    if (!this.takesAsks || this.ws.bufferedAmount > MOST_UNSENT_BYTES) {
      return Promise.resolve({ kind: 'refused', reason: BUSY });
    }
    const message = this.of.protocol.ask({ ...request, id });
    const reply = this.asks.wait(id, timeoutMs);
    this.ws.send(message);
    return reply;
  }

  /** What its beat was answered. */
  held({ isDoubled, otherAheadMs }: Pick<HeldSocket, 'isDoubled' | 'otherAheadMs'>): void {
    this.keeper.isDoubled = isDoubled;
    this.gap.otherMs = otherAheadMs;
  }

  refresh(connection: IngressConnection): void {
    this.keeper.refresh(connection);
  }

  /** Looks whether the peer is still there. Once a second. */
  tick(): void {
    const now = this.our.clock.now();
    // What it said while we stood still lies unread.
    if (now - this.lastTickAt > STOOD_STILL_MS) this.lastHeardAt = now;
    this.lastTickAt = now;
    if (this.isClosed || this.isPaused) return;
    if (now - this.lastHeardAt > DEAD_AFTER_MS) {
      this.reason ??= 'The PBX did not answer any more.';
      this.ws.terminate();
    } else if (now - this.lastPingAt >= PING_EVERY_MS && this.ws.readyState === this.ws.OPEN) {
      this.lastPingAt = now;
      this.ws.ping();
    }
  }

  beat(): SocketBeat {
    const { connectionId, tenantId, line, fence } = this.opened;
    const oldest = this.keeper.queue.oldest?.receivedAt ?? Infinity;
    const aliveAt = this.catchUp.isComplete ? instant(Math.min(this.lastHeardAt, oldest)) : null;
    return { connectionId, tenantId, line, fence, aliveAt, clockAheadMs: this.gap.ownMs };
  }

  /** Ends it from our side: what the PBX still says until it has said goodbye is kept. */
  end(code: number, reason: string): void {
    if (this.isClosed) return;
    this.reason ??= reason;
    this.resume();
    this.ws.close(code, reason.slice(0, LONGEST_REASON));
    this.awaitGoodbye(this.our.clock.now());
  }

  private awaitGoodbye(since: Instant): void {
    this.timers.later(LOOK_EVERY_MS, () => {
      const now = this.our.clock.now();
      const isSilent = !this.isPaused && now - Math.max(since, this.lastHeardAt) >= SILENT_FOR_MS;
      if (isSilent || now - since >= CLOSES_WITHIN_MS) this.ws.terminate();
      else this.awaitGoodbye(since);
    });
  }

  /** A newer socket has taken over: nothing of this one is kept any more. */
  lose(): void {
    this.keeper.lose();
    this.reason = REPLACED;
    this.end(CLOSE_CODE.replaced, REPLACED);
  }

  /** Why it is over. */
  get why(): string {
    return this.reason ?? 'It is over.';
  }

  private listen(): void {
    const { ws } = this;
    const isThere = (): void => {
      this.lastHeardAt = this.our.clock.now();
    };
    ws.on('message', (data, isBinary) => {
      isThere();
      this.heard(data as Buffer, isBinary);
    });
    ws.on('pong', isThere);
    ws.on('ping', isThere);
    ws.on('error', (error: Error & { code?: string }) => {
      this.reason ??= `It broke: ${error.code ?? error.name}.`;
    });
    ws.on('close', (code: number, said: Buffer) => {
      this.closed(code, said);
    });
  }

  private heard(body: Buffer, isBinary: boolean): void {
    const sorted = isBinary ? UNREADABLE : this.sort(body.toString('utf8'));
    if (sorted.kind === 'answer') {
      this.our.metrics.socketMessages.inc({ dialect: this.of.dialect.name, outcome: 'answer' });
      this.asks.answered(sorted.id, sorted.status, sorted.body);
      return;
    }
    const { lastHeardAt: receivedAt } = this;
    // Of one that waited at the PBX or here nobody knows for how long.
    if (sorted.at !== null && this.catchUp.isCurrent && !this.isPaused) this.gap.hear(sorted.at, receivedAt);
    this.add({ kind: 'message', bytes: body.length, receivedAt, body, isBinary, sorted });
  }

  /** Does at once what the dialect wants done when it was told something. */
  private react(entries: readonly Entry[]): void {
    const { reflex } = this.of.protocol;
    if (reflex === undefined) return;
    for (const entry of entries) {
      if (entry.kind !== 'message' || entry.isBinary) continue;
      try {
        for (const request of reflex(entry.body.toString('utf8'))) {
          void this.ask(this.our.newAskId(), request, ANSWERS_WITHIN_MS);
        }
      } catch (error) {
        logFailure(this.our.log, 'socket.reflex_failed', error, this.named);
      }
    }
  }

  private sort(text: string): SortedMessage {
    try {
      return this.of.protocol.sort(text);
    } catch (error) {
      logFailure(this.our.log, 'socket.sort_failed', error, this.named);
      return UNREADABLE;
    }
  }

  private add(entry: Entry): void {
    this.keeper.add(entry);
    if (this.isPaused || !this.our.held.isTooMuch(this.keeper.queue)) return;
    this.isPaused = true;
    this.ws.pause();
  }

  private resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    // Its pongs may lie unread.
    this.lastHeardAt = this.our.clock.now();
    this.ws.resume();
  }

  private async greet(request: SocketRequest): Promise<void> {
    const reply = await this.ask(this.our.newAskId(), request, ANSWERS_WITHIN_MS);
    if (reply.kind !== 'replied' || reply.status >= 300) this.warn('socket.greeting_failed', reply);
  }

  private warn(event: string, reply: SocketReply): void {
    const status = reply.kind === 'replied' ? reply.status : reply.kind;
    this.our.log.warn({ ...this.named, status }, event);
  }

  private get named() {
    const { connectionId, tenantId } = this.opened;
    return { connectionId, tenantId };
  }

  private closed(code: number, said: Buffer): void {
    this.isClosed = true;
    this.timers.end();
    const words = said.toString('utf8').slice(0, LONGEST_REASON);
    this.reason ??= `The PBX closed it (${String(code)}${words === '' ? '' : `: ${words}`}).`;
    this.asks.end();
    this.keeper.last();
  }
}
