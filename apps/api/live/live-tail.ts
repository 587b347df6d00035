import { notFound, type CallId, type TenantId } from '#domain';
import { MOST_ROWS, type LiveLog, type LiveRow } from '#db';
import { logFailure, type Log } from '#platform';
import { LiveTenant, type Broadcast, type LiveHello } from './live-tenant.js';
import type { LiveView } from './live-views.js';

const SECOND = 1_000;
/** For how long a process says that somebody listens, and how often it says so again. */
export const WATCH_MS = 10 * 60 * SECOND;
const WATCH_EVERY_MS = 2 * 60 * SECOND;
/** Whoever comes sooner after the first listener waits as well until every drain knows of him. */
const KNOWN_AFTER_MS = 15 * SECOND;
/** A drain's time slice is two seconds; one that takes longer than this is not waited for. */
const DRAINS_WITHIN_MS = 5 * SECOND;
const DRAINS_EVERY_MS = 50;
/** A tenant whose last page was closed is listened to for so long: pages are loaded anew. */
const LINGER_MS = 60 * SECOND;
/** Rings may be lost, so it looks by itself. */
const LOOK_EVERY_MS = SECOND;
/** Rows that are older than this are deleted, as one that comes back later begins anew. */
const KEEP_ROWS_MS = 10 * 60 * SECOND;

export interface LiveTailParts {
  log: Pick<LiveLog, 'watch' | 'drains' | 'drainsLeft' | 'snapshot' | 'read' | 'forget'>;
  broadcast: Broadcast;
  /** Milliseconds of any clock that goes on. */
  now: () => number;
  delay: (ms: number) => Promise<void>;
  logger: Log;
}

/** What is done with whoever comes, one right after the other. */
export interface Arrival {
  enter: (live: LiveTenant) => LiveView;
  tell: (hello: LiveHello) => void;
}

interface Tailed {
  live: LiveTenant;
  /** When somebody was there last. */
  usedAt: number;
  watchedAt: number;
  /** Numbers, by when they were the last. */
  marks: { at: number; number: number }[];
  /** Has to begin anew before anything else is told. */
  isStale: boolean;
}

/**
 * Reads the logs of the tenants that are listened to in this process, as it is rung and once a second, and tells what is new.
 * One look at a time, for all of them by one statement.
 */
export class LiveTail {
  private readonly tenants = new Map<TenantId, Tailed>();
  private readonly opening = new Map<TenantId, Promise<Tailed>>();
  private readonly wanted = new Set<TenantId>();
  private looking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private called: (tenant: TenantId, calls: CallId[]) => void = () => undefined;

  constructor(private readonly parts: LiveTailParts) {}

  /** @param listener  told which calls changed */
  whenCalled(listener: (tenant: TenantId, calls: CallId[]) => void): void {
    this.called = listener;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.tidy();
      this.ring(this.tenants.keys());
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.looking;
  }

  /** Those of these tenants that are listened to here have something new. */
  ring(tenants: Iterable<TenantId>): void {
    if (this.isStopped) return;
    for (const tenant of tenants) if (this.tenants.has(tenant)) this.wanted.add(tenant);
    if (this.wanted.size > 0) this.looking ??= this.look();
  }

  get listened(): Iterable<TenantId> {
    return this.tenants.keys();
  }

  of(tenant: TenantId): LiveTenant | undefined {
    return this.tenants.get(tenant)?.live;
  }

  /** From now on it is listened to this tenant. @throws AppError `resource.not_found`, `database.unavailable` */
  async open(tenant: TenantId): Promise<LiveTenant> {
    const known = this.tenants.get(tenant);
    if (known) {
      known.usedAt = this.parts.now();
      return known.live;
    }
    const opening = this.opening.get(tenant) ?? this.begin(tenant);
    this.opening.set(tenant, opening);
    try {
      return (await opening).live;
    } finally {
      this.opening.delete(tenant);
    }
  }

  /**
   * Tells whoever comes back what was missed, or everything where that is not to be had. What happens afterwards is told to the view
   * that was entered.
   *
   * @param after  the number that is known; undefined for none
   */
  async greet(tenant: TenantId, after: number | undefined, { enter, tell }: Arrival): Promise<void> {
    const live = await this.open(tenant);
    if (after !== undefined && after > live.number) await this.lookNow(tenant);
    let rows: LiveRow[] = [];
    // What another process has told already may be new here, and more may come while it is read.
    for (let read = -1; after !== undefined && after <= live.number && read < live.number;) {
      rows = (await this.parts.log.read(new Map([[tenant, after]]))).get(tenant) ?? [];
      const last = rows.at(-1)?.number ?? after;
      if (last <= read) break;
      read = last;
    }
    // At once, or something would be told between the two.
    const view = enter(live);
    tell((after === undefined ? undefined : live.resume(view, { after, rows })) ?? live.hello(view));
  }

  /** Registers, waits until whoever works on the tenant's letters knows, and reads what is now. */
  private async begin(tenant: TenantId): Promise<Tailed> {
    const { log, now } = this.parts;
    const watched = (await log.watch([tenant], WATCH_MS)).get(tenant);
    if (watched === undefined) throw notFound('tenant');
    const watchedAt = now();
    if (watched.listenedMs < KNOWN_AFTER_MS) await this.untilDrainsKnow(tenant);
    const tailed: Tailed = { live: new LiveTenant(), usedAt: now(), watchedAt, marks: [], isStale: false };
    await this.beginAnew(tenant, tailed.live);
    this.tenants.set(tenant, tailed);
    return tailed;
  }

  private async untilDrainsKnow(tenant: TenantId): Promise<void> {
    const { log, now, delay } = this.parts;
    const deadline = now() + DRAINS_WITHIN_MS;
    const drains = await log.drains(tenant);
    while (drains.length > 0 && (await log.drainsLeft(drains)) > 0 && now() < deadline)
      await delay(DRAINS_EVERY_MS);
  }

  private async beginAnew(tenant: TenantId, live: LiveTenant): Promise<void> {
    const snapshot = await this.parts.log.snapshot(tenant);
    if (snapshot === undefined) throw notFound('tenant');
    live.begin(snapshot);
  }

  private async lookNow(tenant: TenantId): Promise<void> {
    await this.looking;
    this.ring([tenant]);
    await this.looking;
  }

  private async look(): Promise<void> {
    while (this.wanted.size > 0) {
      const tenants = [...this.wanted].flatMap((tenant) => {
        const tailed = this.tenants.get(tenant);
        return tailed ? [[tenant, tailed] as const] : [];
      });
      this.wanted.clear();
      try {
        await this.lookAt(new Map(tenants));
      } catch (error) {
        // Nothing is lost: the next look begins where the last one ended.
        logFailure(this.parts.logger, 'live.look_failed', error, {});
        break;
      }
    }
    this.looking = undefined;
  }

  private async lookAt(tenants: Map<TenantId, Tailed>): Promise<void> {
    const after = new Map([...tenants].map(([tenant, { live }]) => [tenant, live.number]));
    const found = await this.parts.log.read(after);
    await Promise.all(
      [...tenants].map(async ([tenant, tailed]) => {
        const rows = found.get(tenant) ?? [];
        if (rows.length === 0 && !tailed.isStale) return;
        const { live } = tailed;
        if (rows.length > 0) this.tellCalled(tenant, rows);
        if (!tailed.isStale && live.advance(rows, this.parts.broadcast)) return;
        await this.beginAnew(tenant, live);
        tailed.isStale = false;
        for (const view of live.views.all()) this.parts.broadcast(view, 'hello', live.hello(view));
      }),
    );
    for (const [tenant, rows] of found) if (rows.length >= MOST_ROWS) this.wanted.add(tenant);
  }

  private tellCalled(tenant: TenantId, rows: readonly LiveRow[]): void {
    const calls = rows.flatMap(({ change }) => ('call' in change ? [change.call.id] : []));
    if (calls.length > 0) this.called(tenant, [...new Set(calls)]);
  }

  /** Says again that somebody listens, lets tenants go to whom nobody does, and deletes old rows. */
  private tidy(): void {
    const now = this.parts.now();
    const due: TenantId[] = [];
    for (const [tenant, tailed] of this.tenants) {
      if (tailed.live.views.members > 0) tailed.usedAt = now;
      if (now - tailed.usedAt > LINGER_MS) this.tenants.delete(tenant);
      else if (now - tailed.watchedAt > WATCH_EVERY_MS) due.push(tenant);
    }
    if (due.length > 0) void this.watchAgain(due, now);
  }

  private async watchAgain(tenants: TenantId[], now: number): Promise<void> {
    const { log, logger } = this.parts;
    const old = new Map<TenantId, number>();
    try {
      const watched = await log.watch(tenants, WATCH_MS);
      for (const tenant of tenants) {
        const tailed = this.tenants.get(tenant);
        if (!tailed) continue;
        // Somebody began to listen after this process had been away for so long that it did not count any more: what happened
        // meanwhile was not written.
        const isLate = (watched.get(tenant)?.listenedMs ?? 0) < now - tailed.watchedAt - WATCH_MS / 2;
        tailed.watchedAt = now;
        if (isLate) {
          await this.untilDrainsKnow(tenant);
          tailed.isStale = true;
        }
        tailed.marks.push({ at: now, number: tailed.live.number });
        const past = tailed.marks.filter(({ at }) => at < now - KEEP_ROWS_MS).at(-1);
        if (past) old.set(tenant, past.number);
        tailed.marks = tailed.marks.filter(({ at }) => at >= now - KEEP_ROWS_MS);
      }
      if (old.size > 0) await log.forget(old);
    } catch (error) {
      logFailure(logger, 'live.watch_failed', error, {});
    }
  }
}
