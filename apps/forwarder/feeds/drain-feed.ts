import { setTimeout as delay } from 'node:timers/promises';
import { id, type ConnectionId } from '#domain';
import {
  askBySocket,
  openAccount,
  type FeedOwner,
  type FeedState,
  type FeedStore,
  type LiveBell,
  type SocketAsker,
} from '#db';
import {
  logFailure,
  type Clock,
  type HttpSender,
  type Log,
  type SecretBox,
  type SocketOpener,
} from '#platform';
import { driverOf, type DriverAccount, type DriverIo, type PbxChannel, type PbxFeed } from '#pbx';
import type { Lease, Leaving, Slice } from '#queues';
import { askedSession } from './asked-session.js';
import { FeedSession, type SessionEnd } from './feed-session.js';
import { Hearing } from './hearing.js';
import { waitAfter } from './wait-after.js';

const LOGIN_TIMEOUT_MS = 15_000;
/** A changed account counts after so long. */
const ACCOUNT_EVERY_MS = 3_000;
/** A channel that told something for so long was no failure. */
const WORKED_MS = 60_000;
/** Asking costs the PBX nothing where its socket is down, and soon after it is there we want to know. */
const ASKED_AGAIN_MS = 10_000;

export interface DrainFeedParts {
  store: Pick<FeedStore, 'account' | 'version' | 'people' | 'say' | 'mark' | 'hear'>;
  sockets: Pick<SocketOpener, 'open'>;
  sender: Pick<HttpSender, 'send'>;
  asker: Pick<SocketAsker, 'ask'>;
  box: Pick<SecretBox, 'open'>;
  bell: Pick<LiveBell, 'ring'>;
  clock: Pick<Clock, 'now'>;
  /** From 0 to below 1. */
  chance: () => number;
  log: Log;
  /** Left out: the vendor's own. */
  driverOf?: typeof driverOf;
}

/** What a drain leaves for the next one. */
interface Memo {
  failures: number;
  reason: string | null;
}

interface WantedFeed {
  feed: PbxFeed;
  dialect: string;
  owner: FeedOwner;
  account: DriverAccount;
  version: number;
}

/**
 * Listens to the channel of one connection's PBX for as long as it has the lease, however long that is, and writes down what it says
 * of agents, extensions and queues. Nobody else listens meanwhile. All is told again at each new connection, so nothing has to be remembered between two.
 */
export class DrainFeed {
  private listening = 0;

  constructor(private readonly parts: DrainFeedParts) {}

  /** Channels that are listened to in this process. */
  get count(): number {
    return this.listening;
  }

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const { log, clock, chance } = this.parts;
    const wanted = await this.wanted(lease);
    if (wanted === undefined) return { more: false, memo: {} };
    const { failures = 0 } = (lease.memo ?? {}) as Partial<Memo>;
    await this.mark(wanted.owner, 'connecting');
    const end = await this.listen(wanted, slice);
    const isFailure = end.kind === 'refused' || end.kind === 'broken';
    await this.mark(wanted.owner, isFailure ? 'down' : 'connecting', isFailure ? end.reason : null);
    if (end.kind === 'ours') return { more: !slice.ended, memo: { failures, reason: null } };
    if (end.kind === 'expired') return { more: true, memo: { failures: 0, reason: null } };
    const { reason, kind, heardMs } = end;
    const memo: Memo = { failures: heardMs >= WORKED_MS ? 1 : failures + 1, reason };
    const rest = waitAfter(memo.failures, { isRefused: kind === 'refused', chance: chance() });
    const waitMs = 'phonesNow' in wanted.feed ? Math.min(rest, ASKED_AGAIN_MS) : rest;
    log.info({ connectionId: lease.id, reason, failures: memo.failures, waitMs }, 'feed.ended');
    return { more: false, memo, notBefore: clock.now() + waitMs };
  }

  /** Where the lease was lost, somebody else says how it is. */
  private async mark(owner: FeedOwner, state: FeedState, reason: string | null = null): Promise<void> {
    const { heard } = await this.parts.store.mark(owner, { state, reason });
    if (heard) this.parts.bell.ring(owner.tenantId);
  }

  private async wanted({ id: mailbox, fence }: Lease): Promise<WantedFeed | undefined> {
    const { store, box } = this.parts;
    const connectionId = id<ConnectionId>(mailbox);
    const found = await store.account(connectionId);
    const driver = found && (this.parts.driverOf ?? driverOf)(found.dialect);
    if (!found?.enabled || !driver?.feed?.isOn(found.settings)) return undefined;
    const { tenantId, country, timeZone, version } = found;
    const opened = openAccount({ ...found, sealedToken: null, tokenExpiresAt: null }, box);
    return {
      feed: driver.feed,
      dialect: found.dialect,
      owner: { connectionId, tenantId, fence },
      account: { ...opened, numbers: found.numbers ?? driver.numbers, country, timeZone },
      version,
    };
  }

  private async listen(wanted: WantedFeed, slice: Slice): Promise<SessionEnd> {
    const { feed } = wanted;
    const io = this.ioOf(wanted, slice);
    if ('logIn' in feed) return this.listenTo(feed, wanted, { io, slice });
    return this.during(wanted, slice, (heard, isOver) =>
      askedSession({
        ...{ heard, isOver, delay, clock: this.parts.clock },
        ask: () => feed.phonesNow(wanted.account, io),
      }),
    );
  }

  private async listenTo(
    feed: PbxChannel,
    wanted: WantedFeed,
    { io, slice }: { io: DriverIo; slice: Slice },
  ): Promise<SessionEnd> {
    const login = await feed.logIn(wanted.account, io);
    if (slice.ended) return { kind: 'ours' };
    if (login.kind === 'refused') {
      // Where nothing was said by the PBX, it was not reached.
      return { kind: login.code === null ? 'broken' : 'refused', reason: login.reason, heardMs: 0 };
    }
    if (login.kind !== 'done') {
      return { kind: 'broken', reason: login.kind === 'unknown' ? login.why : login.capability, heardMs: 0 };
    }
    const { sockets, clock } = this.parts;
    return this.during(wanted, slice, (heard, isOver) =>
      FeedSession.run(
        { ...{ sockets, clock, delay, heard, isOver }, read: (name, data) => feed.read(name, data) },
        login,
      ),
    );
  }

  private async during(
    wanted: WantedFeed,
    slice: Slice,
    session: (heard: Hearing['hear'], isOver: () => boolean) => Promise<SessionEnd>,
  ): Promise<SessionEnd> {
    this.listening += 1;
    const watch = this.watch(wanted, slice);
    try {
      return await session(new Hearing(this.parts, wanted.owner).hear, watch.isOver);
    } finally {
      watch.stop();
      this.listening -= 1;
    }
  }

  private ioOf({ owner, dialect }: WantedFeed, slice: Slice): DriverIo {
    return {
      send: (request) => this.parts.sender.send(request),
      now: () => this.parts.clock.now(),
      timeoutMs: LOGIN_TIMEOUT_MS,
      ...askBySocket(this.parts.asker, { ...owner, dialect }, LOGIN_TIMEOUT_MS),
      keepToken: () => Promise.resolve(),
      signal: slice.signal,
    };
  }

  /** Whether it may go on: neither is it wanted otherwise now, nor is the lease lost, nor does the process stop. */
  private watch(
    { owner: { connectionId }, version }: WantedFeed,
    slice: Slice,
  ): { isOver: () => boolean; stop: () => void } {
    const { store, log } = this.parts;
    let isOtherwise = false;
    const timer = setInterval(() => {
      store.version(connectionId).then(
        (now) => {
          isOtherwise ||= now !== version;
        },
        (error: unknown) => {
          logFailure(log, 'feed.look_failed', error, { connectionId });
        },
      );
    }, ACCOUNT_EVERY_MS);
    return {
      isOver: () => slice.ended || isOtherwise,
      stop: () => {
        clearInterval(timer);
      },
    };
  }
}
