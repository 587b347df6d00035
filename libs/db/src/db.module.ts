import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import {
  CLOCK,
  ENV,
  HealthChecks,
  LOG,
  MAILBOXES,
  Metrics,
  PROCESS,
  secretBoxOf,
  type Clock,
  type Env,
  type Log,
  type ProcessIdentity,
  type SecretBox,
} from '#platform';
import { ProcessMark } from './installation/process-mark.js';
import { LiveBell } from './live/live-bell.js';
import { LiveListener } from './live/live-listener.js';
import { dueMailboxes } from './mailbox/due-mailboxes.js';
import { Lateness } from './mailbox/lateness.js';
import { MailboxLeaseBook, type LeasedKind } from './mailbox/mailbox-lease-book.js';
import { OwnerMark, newOwner } from './mailbox/owner-mark.js';
import { RingCalls } from './mailbox/ring-calls.js';
import { HotPool, sessionOptions } from './pool/hot-pool.js';
import { SocketAsker } from './socket/socket-asker.js';
import { SocketAsks } from './socket/socket-asks.js';
import { SocketSignals } from './socket/socket-signals.js';

/** The database as workers and ingress use it: HotPool, MAILBOXES and Lateness for workers, and what is live. Global. */
@Module({})
export class DbModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(HotPool) private readonly hot: HotPool,
    @Inject(OwnerMark) private readonly mark: OwnerMark,
    @Inject(LiveBell) private readonly bell: LiveBell,
    @Inject(LiveListener) private readonly listener: LiveListener,
    @Inject(ProcessMark) private readonly process: ProcessMark,
    @Inject(SocketSignals) private readonly sockets: SocketSignals,
    @Inject(RingCalls) private readonly calls: RingCalls,
  ) {}

  static with(databaseUrl: string): DynamicModule {
    const owner = newOwner();
    return {
      module: DbModule,
      global: true,
      providers: [
        {
          provide: HotPool,
          inject: [ENV, Metrics, HealthChecks],
          useFactory: (env: Env, metrics: Metrics, checks: HealthChecks) =>
            hotPoolOf(databaseUrl, { env, metrics, checks }),
        },
        { provide: LiveBell, inject: [HotPool], useFactory: (hot: HotPool) => new LiveBell(hot) },
        {
          provide: LiveListener,
          inject: [LOG],
          useFactory: (log: Log) => new LiveListener(databaseUrl, log),
        },
        ...socketProviders(databaseUrl),
        {
          provide: ProcessMark,
          inject: [HotPool, PROCESS],
          useFactory: (hot: HotPool, identity: ProcessIdentity) => new ProcessMark(hot, identity),
        },
        { provide: Lateness, useFactory: () => new Lateness() },
        {
          provide: OwnerMark,
          inject: [Lateness, LOG],
          useFactory: (lateness: Lateness, log: Log) => {
            const session = { url: databaseUrl, options: sessionOptions('switchhook_worker') };
            return new OwnerMark(owner, session, lateness, log);
          },
        },
        {
          provide: RingCalls,
          inject: [HotPool, LOG],
          useFactory: (hot: HotPool, log: Log) => new RingCalls({ hot, url: databaseUrl, log }),
        },
        {
          provide: MAILBOXES,
          inject: [HotPool, CLOCK, OwnerMark, RingCalls],
          useFactory: (hot: HotPool, clock: Clock, mark: OwnerMark, calls: RingCalls) =>
            mailboxesOf(hot, { clock, mark, owner: owner.name, calls }),
        },
      ],
      exports: [HotPool, MAILBOXES, Lateness, LiveBell, LiveListener, SocketSignals, SocketAsker],
    };
  }

  onApplicationBootstrap(): void {
    this.process.start();
  }

  async onApplicationShutdown(): Promise<void> {
    const told = Promise.all([this.bell.stop(), this.process.stop()]);
    await Promise.all([
      this.mark.stop(),
      this.listener.stop(),
      this.sockets.stop(),
      this.calls.stop(),
      told.then(() => this.hot.end()),
    ]);
  }
}

/** How PBXs are asked that have a WebSocket open to us, whichever process holds it. */
function socketProviders(databaseUrl: string): Provider[] {
  return [
    {
      provide: SocketSignals,
      inject: [LOG],
      useFactory: (log: Log) => new SocketSignals(databaseUrl, log),
    },
    {
      provide: SocketAsker,
      inject: [HotPool, SocketSignals, ENV, Metrics, LOG],
      useFactory: (hot: HotPool, signals: SocketSignals, env: Env, metrics: Metrics, log: Log) => {
        let box: SecretBox | undefined;
        const opened = () => (box ??= secretBoxOf(env));
        return new SocketAsker({ asks: new SocketAsks(hot), signals, box: opened, metrics, log });
      },
    },
  ];
}

/** Workers' sessions, with their check and their gauge. */
function hotPoolOf(
  databaseUrl: string,
  { env, metrics, checks }: { env: Env; metrics: Metrics; checks: HealthChecks },
): HotPool {
  const hot = new HotPool(databaseUrl, 'switchhook_worker', env.DATABASE_POOL, metrics);
  checks.add('database', async () => {
    await hot.pool.query('SELECT 1');
  });
  metrics.gauge('switchhook_pool_connections', 'Database connections.', ['state'], (gauge) => {
    gauge.set({ state: 'open' }, hot.pool.totalCount);
    gauge.set({ state: 'idle' }, hot.pool.idleCount);
    gauge.set({ state: 'waiting' }, hot.pool.waitingCount);
  });
  return hot;
}

/** What is provided as MAILBOXES. */
function mailboxesOf(
  hot: HotPool,
  { clock, mark, owner, calls }: { clock: Clock; mark: OwnerMark; owner: string; calls: RingCalls },
) {
  return {
    calls,
    leases: (leaseMs: number) => {
      // Processes that take no leases need no mark.
      mark.start();
      return new MailboxLeaseBook(hot, leaseMs, () => clock.now(), owner);
    },
    due: (kind: LeasedKind) => dueMailboxes(hot, kind),
    whenFreed: (listener: () => void) => {
      mark.whenFreed(listener);
    },
  };
}
