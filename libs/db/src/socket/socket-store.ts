import { id, instant, type ConnectionId, type Instant, type TenantId } from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from '../hot/pg-array.js';
import type { NewReceipt } from '../hot/receipt-inbox.js';
import { receiptValues } from '../hot/receipt-rows.js';
import { withoutNul } from '../hot/without-nul.js';
import { BEAT, CLOSE, FORGET, FORGET_TOLD, KEEP, OPEN, PARTS, SIBLING, YIELD } from './socket-sql.js';

/** Which of the WebSockets that a PBX may have open at a time for one connection. */
export type SocketLine = 1 | 2;

export interface LineOf {
  connectionId: ConnectionId;
  tenantId: TenantId;
  line: SocketLine;
}

/** A socket that a PBX opened, as it was when it was the newest of its line. */
export interface SocketOwner extends LineOf {
  fence: string;
}

/** A key for what is kept of each line. */
export function lineKey({ connectionId, line }: Pick<LineOf, 'connectionId' | 'line'>): string {
  return `${connectionId} ${String(line)}`;
}

/** The other line of a connection. */
export interface SiblingLine {
  /** Somebody holds its socket, and said so a moment ago. */
  isUp: boolean;
  /** Since when it is up, or is not. */
  since: Instant;
  /** Up to then everything that it told is kept. */
  aliveAt: Instant;
  /** Of the parts that were asked for: whose beginning is kept as that line told it, and whose end is not. */
  parts: ReadonlySet<string>;
}

/** A part of a call whose end has not been told. */
export interface KnownPart {
  part: string;
  callId: string;
  since: Instant;
}

export interface OpenedSocket extends SocketOwner {
  /** Up to then everything that the PBX told is kept. */
  aliveAt: Instant;
  /** As it was measured on a socket of before, of the other line where there was none. */
  clockAheadMs: number | null;
  /** The connection has another line, which tells the same. */
  isDoubled: boolean;
  parts: KnownPart[];
}

/** `mark`: a UUID that the same message has on either line, of which the first is kept; null for what is kept in any case. */
export interface SocketReceipt extends NewReceipt {
  mark: string | null;
}

/** What is kept in one commit. Of a part that begins and ends in it only the end is told. */
export interface SocketNews {
  receipts: readonly SocketReceipt[];
  ended: readonly string[];
  begun: readonly KnownPart[];
}

export interface SocketBeat extends SocketOwner {
  /** Null: not known yet. */
  aliveAt: Instant | null;
  clockAheadMs: number | null;
}

/** What there is to know for whoever holds a socket. */
export interface HeldSocket {
  connectionId: ConnectionId;
  /** Somebody asks something of the PBX. */
  isAsked: boolean;
  /** The connection has another line, which tells the same. */
  isDoubled: boolean;
  /** How far the PBX's clock is ahead as that line measures it; null where it is down or does not know. */
  otherAheadMs: number | null;
}

type Item = SocketNews & { owner: SocketOwner };

/** A commit costs the same for one message as for ten. */
const APART_MS = 6;

/** Where the messages of PBXs' sockets are kept, and whose socket counts. */
export class SocketStore {
  private readonly batcher: Batcher<Item, boolean>;

  constructor(private readonly hot: HotPool) {
    this.batcher = new Batcher({
      maxItems: 50,
      maxInFlight: 2,
      apartMs: APART_MS,
      run: (items) => this.keepAll(items),
    });
  }

  /** From now on nobody else keeps anything for the line. Undefined where there is no such connection. */
  open(
    { tenantId, connectionId, line }: LineOf,
    from: { sourceIp: string | null; remote: string | null },
  ): Promise<OpenedSocket | undefined> {
    return this.hot.transaction(async (run) => {
      const [row] = await run<{
        fence: string;
        clock_ahead_ms: number | null;
        alive_at: string;
        doubled: boolean;
      }>('socket.open', OPEN, [
        ...[connectionId, tenantId, from.sourceIp, from.remote && withoutNul(from.remote), line],
      ]);
      if (row === undefined) return undefined;
      const parts = await run<{ part: string; call_id: string; since: string }>('socket.parts', PARTS, [
        connectionId,
        tenantId,
        line,
      ]);
      return {
        ...{ connectionId, tenantId, line },
        fence: row.fence,
        aliveAt: instantOf(row.alive_at),
        clockAheadMs: row.clock_ahead_ms,
        isDoubled: row.doubled,
        parts: parts.map(({ part, call_id, since }) => ({ part, callId: call_id, since: instantOf(since) })),
      };
    });
  }

  /**
   * The other line of the connection, and which of these parts it knows to go on. Undefined where there was never one.
   *
   * @throws AppError `database.unavailable`
   */
  async sibling(
    { connectionId, tenantId, line }: LineOf,
    parts: readonly string[],
  ): Promise<SiblingLine | undefined> {
    const [row] = await this.hot.run<{ is_up: boolean; since: string; alive_at: string; parts: string[] }>(
      'socket.sibling',
      SIBLING,
      [connectionId, tenantId, line, pgArray.text(parts.map(withoutNul))],
    );
    if (row === undefined) return undefined;
    return {
      isUp: row.is_up,
      since: instantOf(row.since),
      aliveAt: instantOf(row.alive_at),
      parts: new Set(row.parts),
    };
  }

  /**
   * All or nothing. Sockets that have something at the same time share a commit.
   *
   * @returns false when a newer socket has taken over: nothing was kept
   * @throws AppError `database.unavailable`
   */
  keep(owner: SocketOwner, news: SocketNews): Promise<boolean> {
    return this.batcher.add({ owner, ...news });
  }

  /**
   * These sockets are held.
   * @returns by `lineKey` those that are still the newest of their lines
   */
  async beat(beats: readonly SocketBeat[]): Promise<Map<string, HeldSocket>> {
    const rows = await this.hot.run<{
      connection_id: string;
      line: SocketLine;
      asked: boolean;
      doubled: boolean;
      other_ahead: number | null;
    }>(
      'socket.beat',
      BEAT,
      [
        ...ownerArrays(beats),
        pgArray.float8(beats.map(({ aliveAt }) => aliveAt)),
        pgArray.int4(beats.map(({ clockAheadMs }) => clockAheadMs)),
      ],
      beats.length,
    );
    return new Map(
      rows.map(({ connection_id, line, asked, doubled, other_ahead }) => {
        const connectionId = id<ConnectionId>(connection_id);
        const held = { connectionId, isAsked: asked, isDoubled: doubled, otherAheadMs: other_ahead };
        return [lineKey({ connectionId, line }), held];
      }),
    );
  }

  /** It is over; without effect where a newer one has taken over. @param reason  without secrets */
  async close({ connectionId, line, fence }: SocketOwner, reason: string): Promise<void> {
    await this.hot.run('socket.close', CLOSE, [connectionId, line, fence, withoutNul(reason)]);
  }

  /** Asks whoever holds the line's socket to keep what has come and to let go of it. @returns whether somebody seems to */
  async askToYield({ connectionId, line }: Pick<LineOf, 'connectionId' | 'line'>): Promise<boolean> {
    const rows = await this.hot.run('socket.yield', YIELD, [connectionId, line]);
    return rows.length > 0;
  }

  /** Deletes questions that nobody came back for. */
  async forgetAsks(connectionIds: readonly ConnectionId[]): Promise<void> {
    await this.hot.run('socket.forget', FORGET, [pgArray.uuid(connectionIds)], connectionIds.length);
  }

  /** Of connections with two lines: deletes by what a message was recognised that both have told by now. */
  async forgetTold(connectionIds: readonly ConnectionId[]): Promise<void> {
    await this.hot.run(
      'socket.forget_told',
      FORGET_TOLD,
      [pgArray.uuid(connectionIds)],
      connectionIds.length,
    );
  }

  private async keepAll(items: Item[]): Promise<boolean[]> {
    const receipts = items.flatMap(({ owner, receipts: some }) => some.map((one) => ({ owner, ...one })));
    const ended = items.flatMap(({ owner, ended: parts }) => parts.map((part) => ({ owner, part })));
    const begun = items.flatMap(({ owner, begun: parts }) => parts.map((part) => ({ owner, ...part })));
    const marked = receipts.filter(({ mark }) => mark !== null);
    const { uuid, text, int2, float8 } = pgArray;
    const rows = await this.hot.run<{ id: string; line: SocketLine }>(
      'socket.keep',
      KEEP,
      [
        ...receiptValues(receipts),
        int2(receipts.map(({ owner }) => owner.line)),
        ...ownerArrays(items.map(({ owner }) => owner)),
        ...lineArrays(ended),
        text(ended.map(({ part }) => withoutNul(part))),
        ...lineArrays(begun),
        text(begun.map(({ part }) => withoutNul(part))),
        uuid(begun.map(({ owner }) => owner.tenantId)),
        text(begun.map(({ callId }) => withoutNul(callId))),
        float8(begun.map(({ since }) => since)),
        ...lineArrays(marked),
        uuid(marked.map(({ mark }) => mark)),
        uuid(marked.map(({ tenantId }) => tenantId)),
        uuid(marked.map((receipt) => receipt.id)),
      ],
      receipts.length,
    );
    const held = new Set(rows.map((row) => lineKey({ connectionId: id(row.id), line: row.line })));
    return items.map(({ owner }) => held.has(lineKey(owner)));
  }
}

function lineArrays(of: readonly { owner: SocketOwner }[]): [Buffer, Buffer] {
  return [
    pgArray.uuid(of.map(({ owner }) => owner.connectionId)),
    pgArray.int2(of.map(({ owner }) => owner.line)),
  ];
}

function ownerArrays(owners: readonly SocketOwner[]): [Buffer, Buffer, Buffer] {
  const of = owners.map((owner) => ({ owner }));
  return [...lineArrays(of), pgArray.int8(owners.map(({ fence }) => fence))];
}

/** Out of a number of milliseconds that PostgreSQL prints with its fractions. */
function instantOf(ms: string): Instant {
  return instant(Math.floor(Number(ms)));
}
