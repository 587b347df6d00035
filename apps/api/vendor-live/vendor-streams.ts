import { notFound, type ConnectionId, type LiveCall, type TenantId } from '#domain';
import {
  writeLiveChanges,
  type DialerNow,
  type LiveMessageOut,
  type LiveMoment,
  type LiveNow,
} from '#dialects';
import { logFailure, type Clock, type Log } from '#platform';
import type { LiveTap, LiveTenant } from '../live/live-tenant.js';
import type { LiveTail } from '../live/live-tail.js';
import type { LiveView } from '../live/live-views.js';
import type { AgentStates } from './agent-states.js';
import { VendorBoard } from './vendor-board.js';
import type { VendorDirectory } from './vendor-directory.js';

const SECOND = 1_000;
/** What agents said, whose phones are whose, and what campaigns do is looked at so often while somebody listens. */
const LOOK_EVERY_MS = 3 * SECOND;

export interface VendorStreamsParts {
  tail: Pick<LiveTail, 'greet'>;
  directory: (tenant: TenantId, connection: ConnectionId) => Promise<VendorDirectory | undefined>;
  states: AgentStates;
  /** Campaigns that call at a connection. */
  dialers: (tenant: TenantId, connection: ConnectionId) => Promise<DialerNow[]>;
  /** Numbers that grow with each change of how tenants are set up. */
  versions: (tenants: readonly TenantId[]) => Promise<ReadonlyMap<TenantId, bigint>>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  /** Sends to everybody who hears a stream. */
  tell: (stream: VendorStream, messages: readonly LiveMessageOut[]) => void;
}

/** One connection as it is told in this process, however many listen. */
export class VendorStream {
  /** Those who listen. */
  members = 0;
  /** Of the tenant's setup that its directory was read with; undefined: it is read at the next look. */
  version: bigint | undefined;
  /** How it leaves the live log. */
  leave: () => void = () => undefined;

  constructor(
    readonly name: string,
    readonly tenant: TenantId,
    readonly connection: ConnectionId,
    readonly board: VendorBoard,
  ) {}
}

/** Follows the connections that somebody listens to: each once, by the one reader of the live log. */
export class VendorStreams {
  private readonly streams = new Map<string, Promise<VendorStream>>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(private readonly parts: VendorStreamsParts) {}

  start(): void {
    this.timer = setInterval(() => {
      void this.lookOnce();
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** One more listens; whoever does so leaves again. @throws AppError `resource.not_found`, `database.unavailable` */
  async enter(tenant: TenantId, connection: ConnectionId): Promise<VendorStream> {
    const name = `vendor ${tenant} ${connection}`;
    const opening = this.streams.get(name) ?? this.open(name, tenant, connection);
    this.streams.set(name, opening);
    try {
      const stream = await opening;
      // The last one left while we waited.
      if (this.streams.get(name) !== opening) return await this.enter(tenant, connection);
      stream.members += 1;
      return stream;
    } catch (error) {
      if (this.streams.get(name) === opening) this.streams.delete(name);
      throw error;
    }
  }

  exit(stream: VendorStream): void {
    stream.members -= 1;
    if (stream.members > 0) return;
    this.streams.delete(stream.name);
    stream.leave();
  }

  momentOf(stream: VendorStream): LiveMoment {
    return { at: this.parts.clock.now(), timeZone: stream.board.timeZone };
  }

  /** Looks at once at what agents said, as after one of them said something in this process. */
  async refresh(): Promise<void> {
    await this.looking;
    await this.lookOnce();
  }

  private lookOnce(): Promise<void> {
    this.looking ??= this.look().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async open(name: string, tenant: TenantId, connection: ConnectionId): Promise<VendorStream> {
    const { tail, directory: read, states, dialers: readDialers, clock } = this.parts;
    const [directory, said, dialers] = await Promise.all([
      read(tenant, connection),
      states.of(tenant, connection),
      readDialers(tenant, connection),
    ]);
    if (directory === undefined) throw notFound('connection');
    const stream = new VendorStream(name, tenant, connection, new VendorBoard(directory, said));
    stream.board.dial(dialers);
    const enter = (live: LiveTenant): LiveView => {
      const tap = this.tapOf(stream, live);
      stream.board.anew(live.openCalls);
      stream.board.feed(live.feedOf(connection), clock.now());
      live.taps.add(tap);
      // It hears nothing in the words of our own channel, and keeps the tenant listened to.
      const view = live.views.enter([name]);
      stream.leave = () => {
        live.taps.delete(tap);
        live.views.leave(view);
      };
      return view;
    };
    await tail.greet(tenant, undefined, { enter, tell: () => undefined });
    return stream;
  }

  private tapOf(stream: VendorStream, live: LiveTenant): LiveTap {
    const { connection, board } = stream;
    const { clock } = this.parts;
    return {
      anew: (calls: Iterable<LiveCall>) => {
        this.change(stream, () => {
          board.anew(calls);
          return board.feed(live.feedOf(connection), clock.now());
        });
      },
      changed: (call: LiveCall) => {
        this.change(stream, () => board.apply(call, clock.now()));
      },
      said: () => {
        void this.refresh();
      },
      fed: (of: ConnectionId) => {
        if (of === connection) this.change(stream, () => board.feed(live.feedOf(connection), clock.now()));
      },
    };
  }

  private change(stream: VendorStream, make: () => LiveNow): void {
    const before = stream.board.now;
    const after = make();
    if (before === after) return;
    const messages = writeLiveChanges(before, after, this.momentOf(stream));
    if (messages.length > 0) this.parts.tell(stream, messages);
  }

  private async look(): Promise<void> {
    const { directory: read, states, dialers, versions, log } = this.parts;
    try {
      const opened = await Promise.all(
        [...this.streams.values()].map((opening) => opening.catch(() => undefined)),
      );
      const streams = opened.filter((stream) => stream !== undefined);
      if (streams.length === 0) return;
      // Read before the directories: what changes meanwhile is seen at the next look.
      const now = await versions([...new Set(streams.map(({ tenant }) => tenant))]);
      for (const stream of streams) {
        const { tenant, connection } = stream;
        const version = now.get(tenant);
        const said = await states.of(tenant, connection);
        const dialled = await dialers(tenant, connection);
        this.change(stream, () => stream.board.dial(dialled));
        if (stream.version === undefined || stream.version !== version) {
          const directory = await read(tenant, connection);
          if (directory) this.change(stream, () => stream.board.restate(directory, said));
          stream.version = version;
        } else {
          this.change(stream, () => stream.board.restate(null, said));
        }
      }
    } catch (error) {
      // The next look makes up for it.
      logFailure(log, 'vendor_live.look_failed', error, {});
    }
  }
}
