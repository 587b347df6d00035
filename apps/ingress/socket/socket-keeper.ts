import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type Instant, type ReceiptId } from '#domain';
import type { Dialect, PartThatGoesOn, SocketProtocol, SortedMessage } from '#dialects';
import type { IngressConnection, OpenedSocket, SocketNews, SocketReceipt, SocketStore } from '#db';
import { logFailure, type Log, type Metrics } from '#platform';
import type { Ringer } from '#queues';
import type { SlowDown } from '../limits/slow-down.js';
import type { TenantGate } from '../limits/tenant-gate.js';
import type { ClockGap } from './clock-gap.js';
import type { HeldMessages } from './held-messages.js';
import { markOf } from './mark-of.js';
import { MessageQueue } from './message-queue.js';
import { OpenParts } from './open-parts.js';
import { socketReceipt, type SocketMessage } from './socket-receipt.js';

/** Messages of one commit. */
const MOST_AT_ONCE = 250;
const KEEP_AGAIN_MS = 500;
const ADMIT_AGAIN_MS = 1_000;
/** Names of parts that are longer are no keys. */
const LONGEST_NAME = 500;
const NOTHING: SocketNews = { receipts: [], ended: [], begun: [] };

/**
 * `census`: what goes on by the PBX's own word; of `told` the other line was told. `settle`: of what was missing there and was not
 * heard of since it is certain by now whether the other line keeps its end; what is gone nobody else tells of.
 */
export type Entry = { bytes: number; receivedAt: Instant } & (
  | { kind: 'message'; body: Buffer; isBinary: boolean; sorted: Extract<SortedMessage, { kind: 'event' }> }
  | { kind: 'census'; goingOn: readonly PartThatGoesOn[]; told: ReadonlySet<string> }
  | { kind: 'settle'; gone: readonly string[]; told: readonly string[] }
);

export interface SocketOf {
  opened: OpenedSocket;
  connection: IngressConnection;
  dialect: Dialect;
  protocol: SocketProtocol;
  token: string;
  sourceIp: string | null;
}

export interface SocketKeeperParts {
  store: Pick<SocketStore, 'keep'>;
  ringer: Pick<Ringer, 'ring'>;
  slowDown: Pick<SlowDown, 'admit' | 'hold'>;
  gate: Pick<TenantGate, 'admit' | 'admitBytes'>;
  held: HeldMessages;
  metrics: Pick<Metrics, 'socketMessages'>;
  log: Log;
  newReceiptId: () => ReceiptId;
}

/** What the keeper tells its socket. */
export interface KeeperEars {
  /** A newer socket of the line has taken over: nothing more is kept. */
  lost: () => void;
  /** These were kept, or need not be. */
  kept: (entries: readonly Entry[]) => void;
  /** The tenant may send nothing more today. */
  usedUp: () => void;
  /** What is missing in the answer that said what goes on. */
  missing: (parts: readonly string[]) => void;
}

/** Keeps the messages of one socket in the order in which they came, many in a commit, and what they tell of parts of calls with them. */
export class SocketKeeper {
  readonly queue = new MessageQueue<Entry>();
  /** There is another line that tells the same. */
  isDoubled: boolean;
  private readonly parts: OpenParts;
  private connection: IngressConnection;
  private pumping: Promise<void> | undefined;
  /** The PBX says no more; what it has said is kept without any waiting. */
  private isLast = false;
  private isLost = false;
  private finish: () => void = () => undefined;
  /** Resolves when all that came is kept and nothing more comes, or somebody else has taken over. */
  readonly finished = new Promise<void>((resolve) => (this.finish = resolve));

  constructor(
    private readonly of: SocketOf,
    private readonly gap: ClockGap,
    private readonly our: SocketKeeperParts,
    private readonly ears: KeeperEars,
  ) {
    this.parts = new OpenParts(of.opened.parts);
    this.connection = of.connection;
    this.isDoubled = of.opened.isDoubled;
  }

  /** Those of these parts of which nothing was heard on this socket. */
  stillMissing(parts: readonly string[]): string[] {
    return this.parts.stillGone(parts).map(({ part }) => part);
  }

  /** As it is now: settings that were changed count from the next message on. */
  refresh(connection: IngressConnection): void {
    this.connection = connection;
  }

  /** Whether something was heard that is not kept yet. */
  get owes(): boolean {
    return this.queue.length > 0;
  }

  add(entry: Entry): void {
    if (this.isLost) return;
    this.queue.push(entry);
    this.our.held.add(entry.bytes);
    this.pumping ??= this.pump();
  }

  /** Nothing more comes. */
  last(): void {
    this.isLast = true;
    if (this.pumping === undefined) this.finish();
  }

  lose(): void {
    this.isLost = true;
    this.our.held.add(-this.queue.clear());
    this.finish();
  }

  /** Never rejects. */
  private async pump(): Promise<void> {
    // At the least after this turn: what was read together is kept together.
    await new Promise(setImmediate);
    while (this.queue.length > 0 && !this.isLost) {
      const entries = this.queue.peek(MOST_AT_ONCE);
      const isKept = await this.keepEntries(entries);
      if (this.isLost) break;
      if (!isKept) {
        this.ears.lost();
        break;
      }
      this.our.held.add(-this.queue.letGo(entries.length));
      this.ears.kept(entries);
      if (!this.isLast) await this.our.slowDown.hold();
    }
    this.pumping = undefined;
    if (this.isLast) this.finish();
  }

  /** @returns false when a newer socket has taken over */
  private async keepEntries(entries: readonly Entry[]): Promise<boolean> {
    try {
      const news = this.newsOf(entries);
      if (news.receipts.length + news.ended.length + news.begun.length === 0) return true;
      await this.admit(news.receipts);
      return await this.keepInSlices(news);
    } catch (error) {
      // A fault of ours, that would be one each time.
      this.logFailure('socket.keep_failed', error);
      return true;
    }
  }

  /** Waits where webhooks would be refused: a PBX that is not read from keeps what it has to say. */
  private async admit(receipts: readonly SocketReceipt[]): Promise<void> {
    let waits = receipts.length;
    while (waits > 0 && !this.isLast && !this.isLost) {
      try {
        this.our.slowDown.admit();
        for (; waits > 0; waits -= 1) this.our.gate.admit(this.connection);
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'ingress.tenant_bytes') break;
        await delay(ADMIT_AGAIN_MS);
      }
    }
    try {
      const bytes = receipts.reduce((sum, { body }) => sum + body.length, 0);
      this.our.gate.admitBytes(this.connection, bytes);
    } catch {
      // What has come is kept all the same.
      this.ears.usedUp();
    }
  }

  /** What goes on may be thousands of messages, and nobody else waits for them. Parts come last: until then all is asked for anew. */
  private async keepInSlices(news: SocketNews): Promise<boolean> {
    let rest = news.receipts;
    while (rest.length > MOST_AT_ONCE) {
      if (!(await this.keep({ ...NOTHING, receipts: rest.slice(0, MOST_AT_ONCE) }))) return false;
      rest = rest.slice(MOST_AT_ONCE);
    }
    return this.keep({ ...news, receipts: rest });
  }

  /** Until it is kept, however long the database is away. @returns false when a newer socket has taken over */
  private async keep(news: SocketNews): Promise<boolean> {
    for (;;) {
      if (this.isLost) return false;
      try {
        const isKept = await this.our.store.keep(this.of.opened, news);
        if (isKept) this.our.ringer.ring('connection', [this.of.opened.connectionId]);
        return isKept;
      } catch (error) {
        if (!(error instanceof AppError && error.fault === 'unavailable'))
          return this.keepOneByOne(news, error);
        await delay(KEEP_AGAIN_MS);
      }
    }
  }

  /** The database refuses something of it: the others must not be lost for that. */
  private async keepOneByOne(news: SocketNews, why: unknown): Promise<boolean> {
    const { receipts } = news;
    const hasParts = news.ended.length + news.begun.length > 0;
    if (receipts.length === 0 || (receipts.length === 1 && !hasParts)) {
      this.logFailure('socket.message_refused', why);
      return true;
    }
    for (const receipt of receipts) {
      if (!(await this.keep({ ...NOTHING, receipts: [receipt] }))) return false;
    }
    return hasParts ? this.keep({ ...news, receipts: [] }) : true;
  }

  private newsOf(entries: readonly Entry[]): SocketNews {
    const messages = entries.flatMap((entry) => this.messagesOf(entry));
    return { receipts: messages.map((message) => this.receiptOf(message)), ...this.parts.takeChanges() };
  }

  private messagesOf(entry: Entry): SocketMessage[] {
    switch (entry.kind) {
      case 'message':
        return this.told(entry);
      case 'census':
        return this.foundBy(entry);
      case 'settle':
        return this.settle(entry);
    }
  }

  private told({ body, isBinary, sorted, receivedAt }: Extract<Entry, { kind: 'message' }>): SocketMessage[] {
    const { part, quiet, at } = sorted;
    const isNamed = part && part.part.length <= LONGEST_NAME && part.callId.length <= LONGEST_NAME;
    const left = isNamed ? this.parts.hear(part, receivedAt) : undefined;
    this.count(quiet ? 'quiet' : 'kept');
    const aheadMs = this.gap.aheadMs;
    const itself = quiet ? [] : [{ receivedAt, body, isBinary, clockAheadMs: aheadMs }];
    if (left === undefined) return itself;
    // Its end will be told of the call to which it has gone over.
    const leftAt = at === null ? receivedAt : Math.min(at - (aheadMs ?? 0), receivedAt);
    return [this.goneMessage(left, { at: leftAt, isGuess: false }, receivedAt), ...itself];
  }

  /** What goes on and was never told of is kept as if it had been told now. */
  private foundBy({ goingOn, told, receivedAt }: Extract<Entry, { kind: 'census' }>): SocketMessage[] {
    const { gone, found } = this.parts.compare(goingOn);
    this.ears.missing(gone);
    return found.flatMap(({ part, callId, message }): SocketMessage[] => {
      this.parts.hear({ part, callId, goesOn: true }, receivedAt);
      if (told.has(part)) return [];
      this.count('found');
      const body = Buffer.from(message);
      // When it was told is by our clock, and when it began by the PBX's.
      const clockAheadMs = this.gap.aheadMs ?? 0;
      return [{ receivedAt, body, isBinary: false, clockAheadMs, written: 'going-on' }];
    });
  }

  /** It ended while nobody listened, no sooner than we last knew of it. What the other line tells is only forgotten. */
  private settle({ gone, told, receivedAt }: Extract<Entry, { kind: 'settle' }>): SocketMessage[] {
    for (const { part, callId } of this.parts.stillGone(told)) {
      this.parts.hear({ part, callId, goesOn: false }, receivedAt);
    }
    return this.parts.stillGone(gone).map(({ part, callId, since }) => {
      this.parts.hear({ part, callId, goesOn: false }, receivedAt);
      const at = Math.max(this.of.opened.aliveAt, since);
      return this.goneMessage({ part, callId }, { at, isGuess: true }, receivedAt);
    });
  }

  private goneMessage(
    { part, callId }: { part: string; callId: string },
    end: { at: number; isGuess: boolean },
    receivedAt: Instant,
  ): SocketMessage {
    this.count('gone');
    const body = Buffer.from(this.of.protocol.writeGone({ part, callId }, end));
    return { receivedAt, body, isBinary: false, clockAheadMs: 0, written: 'gone' };
  }

  private receiptOf(message: SocketMessage): SocketReceipt {
    const { dialect, protocol, sourceIp, opened } = this.of;
    const { newReceiptId } = this.our;
    const { connection } = this;
    const route = protocol.lines[opened.line - 1] ?? protocol.lines[0];
    const receipt = socketReceipt({ connection, dialect, route, sourceIp, newReceiptId }, message);
    return { ...receipt, mark: this.isDoubled ? markOf(message, protocol) : null };
  }

  private count(outcome: 'kept' | 'quiet' | 'found' | 'gone'): void {
    this.our.metrics.socketMessages.inc({ dialect: this.of.dialect.name, outcome });
  }

  private logFailure(event: string, error: unknown): void {
    logFailure(this.our.log, event, error, { connectionId: this.of.opened.connectionId });
  }
}
