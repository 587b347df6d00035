import {
  adviceOf,
  afterTry,
  id,
  instant,
  readEndpointAccess,
  standingAfter,
  startProbe,
  type EndpointAccess,
  type EndpointId,
  type Instant,
  type StandingNews,
} from '#domain';
import { sealedFor, type DeliveryStore, type DeliveryTarget, type DueDelivery } from '#db';
import type { Writer } from '#formats';
import type { ClientCertificate, Clock } from '#platform';
import type { Lease, Leaving, Slice } from '#queues';
import { certificateOf } from './certificate-of.js';
import { EndpointNews } from './endpoint-news.js';
import { EndpointRun } from './endpoint-run.js';
import { readMemo, type Memo } from './forwarding.js';
import type { OpenedWriters } from './opened-writers.js';
import { LookAgain } from './look-again.js';
import { OpenMailbox, type OpenedMailbox } from './open-mailbox.js';
import type { OpenedSecrets } from './opened-secrets.js';
import { Pace } from './pace.js';
import type { Route } from './route.js';
import type { TellTenant } from './tell-tenant.js';
import { Turn } from './turn.js';
import type { Tried, TryDelivery, Verdict } from './try-delivery.js';

/**
 * Letters in hand for each place of the endpoint's concurrency: one under way, the others read ahead or waiting to be written
 * down. When the database goes away, no more than these can be sent a second time.
 */
const MOST_IN_HAND = 5;
/** A drain waits so long for its endpoint's rate limit before it gives its place away. */
const LONGEST_WAIT_HERE_MS = 1_000;
/** A dead or deleted endpoint's letters are put away with these words. */
const DELETED = 'endpoint deleted';

export interface DrainEndpointParts {
  store: Pick<DeliveryStore, 'target' | 'due' | 'putAway'>;
  tryDelivery: Pick<TryDelivery, 'run'>;
  secrets: Pick<OpenedSecrets, 'open'>;
  writers: Pick<OpenedWriters, 'open'>;
  tellTenant: Pick<TellTenant, 'tell'>;
  clock: Pick<Clock, 'now'>;
}

/** What the drain of one endpoint works with and on. */
interface Drain {
  lease: Lease;
  slice: Slice;
  turn: Turn;
  target: DeliveryTarget;
  secrets: string[];
  access: EndpointAccess;
  certificate: ClientCertificate | undefined;
  writer: Writer;
  run: EndpointRun;
  memo: Memo;
  pace: Pace;
  /** Set when the whole endpoint must wait. */
  waitUntil: Instant | undefined;
  /** Set when nothing more may be sent: the lease is lost or the endpoint was disabled. */
  halted: boolean;
  /** What the tenant has to be told of the endpoint. */
  news: StandingNews[];
  /** Set when so long nothing got through that the endpoint is to be disabled. */
  giveUp: string | null;
  /** What went wrong on our side first, to be thrown when everything under way has settled. */
  failure: { error: unknown } | undefined;
}

/** Empties one endpoint's mailbox: deliveries become requests, and what came of each is written down. */
export class DrainEndpoint {
  private readonly mailboxes: OpenMailbox;
  private readonly news: EndpointNews;

  constructor(private readonly parts: DrainEndpointParts) {
    this.mailboxes = new OpenMailbox(parts.store, MOST_IN_HAND);
    this.news = new EndpointNews(parts);
  }

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const endpointId = id<EndpointId>(lease.id);
    const { target, first } = await this.mailboxes.open(endpointId);
    const owner = { endpointId, fence: lease.fence };
    if (!target) {
      await this.parts.store.putAway(owner, 'dead', DELETED);
      return { more: false };
    }
    if (!target.enabled) {
      await this.parts.store.putAway(owner, 'held', target.stateReason ?? 'endpoint disabled');
      return { more: false };
    }
    const writer = this.parts.writers.open(target);
    if (writer === undefined) {
      await this.news.disable(lease, target, `the settings of its format ${target.format} cannot be read`);
      return { more: false };
    }
    const access = this.accessOf(target);
    const limit = writer.limit ?? target.rateLimit;
    const memo = readMemo(lease.memo, limit, this.parts.clock.now());
    const run = new EndpointRun(target.ordered);
    const drain: Drain = {
      lease,
      slice,
      turn: new Turn(slice, run),
      target,
      writer,
      secrets: this.parts.secrets.open(target.secrets, sealedFor.endpointSecret(endpointId)),
      access,
      certificate: certificateOf(access, endpointId),
      run,
      memo,
      pace: new Pace(limit, memo.bucket),
      waitUntil: undefined,
      halted: false,
      news: [],
      giveUp: null,
      failure: undefined,
    };
    const more = await this.sendAll(drain, first);
    if (drain.failure !== undefined) throw drain.failure.error;
    // Before the memo is kept: a process that dies in between tells it twice rather than never.
    await this.news.tell(target, drain.news);
    return {
      more,
      memo: { ...drain.memo, ...(drain.pace.bucket && { bucket: drain.pace.bucket }) },
      ...(drain.waitUntil === undefined ? {} : { notBefore: drain.waitUntil }),
    };
  }

  private accessOf({ endpointId, sealedAccess }: DeliveryTarget): EndpointAccess {
    const sealed = sealedAccess === null ? [] : [sealedAccess];
    const [text = null] = this.parts.secrets.open(sealed, sealedFor.endpointAccess(endpointId));
    return readEndpointAccess(text);
  }

  /** @returns whether there was still work when the slice ended */
  private async sendAll(drain: Drain, first: OpenedMailbox['first']): Promise<boolean> {
    const { run, target } = drain;
    const again = new LookAgain();
    let exhausted = false;
    const wasRead = (count: number, most: number) => {
      exhausted = count < most;
      again.read(count, most, this.parts.clock.now());
    };
    if (first) {
      run.add(first.due);
      wasRead(first.due.length, first.most);
    }
    let reading: Promise<void> | undefined;
    for (;;) {
      const places = this.places(drain);
      const tokenInMs = this.startSome(drain, places);
      const stopping = drain.turn.over || drain.halted || drain.waitUntil !== undefined;
      if (stopping && run.dropBuffer() > 0) exhausted = false;
      if (run.idle && !reading && (stopping || exhausted)) {
        return !exhausted && !drain.halted && drain.waitUntil === undefined;
      }
      const most = target.concurrency * MOST_IN_HAND - run.held;
      const mayRead = !stopping && !reading && run.buffered < places && most >= target.concurrency;
      const lookInMs = exhausted ? again.inMs(this.parts.clock.now()) : 0;
      if (mayRead && lookInMs === 0) {
        reading = this.read(drain, most)
          .then((count) => {
            wasRead(count, most);
          })
          .catch((error: unknown) => {
            this.halt(drain, error);
          })
          .finally(() => {
            reading = undefined;
            run.notify();
          });
      }
      const waits = [run.buffered > 0 ? tokenInMs : undefined, mayRead && !reading ? lookInMs : undefined];
      await run.changed(earliest(waits));
    }
  }

  /** @returns milliseconds until the endpoint's rate limit lets one more go; undefined when that is not what stops us */
  private startSome(drain: Drain, places: number): number | undefined {
    const { run, pace } = drain;
    while (run.sendingNow < places) {
      const now = this.parts.clock.now();
      const waitMs = pace.waitMs(now);
      if (waitMs > 0) {
        // Longer waits are the sweeper's: it costs nothing while nobody holds a worker's place.
        if (waitMs > LONGEST_WAIT_HERE_MS && run.sendingNow === 0) drain.waitUntil = instant(now + waitMs);
        return waitMs;
      }
      const delivery = run.start();
      if (!delivery) break;
      pace.take(now);
      void this.sendOne(drain, delivery);
    }
    return undefined;
  }

  private async read({ run, target }: Drain, most: number): Promise<number> {
    const due = await this.parts.store.due({
      endpointId: target.endpointId,
      most,
      ordered: target.ordered,
      except: run.known,
    });
    run.add(due);
    return due.length;
  }

  /** How many sends may be under way now: all of them, one probe, or none while the endpoint waits. */
  private places(drain: Drain): number {
    if (drain.turn.over || drain.halted || drain.waitUntil !== undefined) return 0;
    const now = this.parts.clock.now();
    const advice = adviceOf(drain.memo.breaker, now);
    if (advice.kind === 'go') return drain.target.concurrency;
    if (advice.kind === 'probe') {
      // A probe needs a letter; until one is read the breaker stays as it is.
      if (drain.run.buffered > 0) drain.memo.breaker = startProbe(drain.memo.breaker, now);
      return 1;
    }
    if (drain.memo.breaker.state === 'half_open' && drain.run.sendingNow > 0) return drain.run.sendingNow;
    drain.waitUntil = advice.until;
    return 0;
  }

  private async sendOne(drain: Drain, delivery: DueDelivery): Promise<void> {
    let blocksCall = true;
    try {
      const route: Route = {
        target: drain.target,
        writer: drain.writer,
        secrets: drain.secrets,
        access: drain.access,
        certificate: drain.certificate,
        fence: drain.lease.fence,
        signal: drain.slice.signal,
      };
      const tried = await this.parts.tryDelivery.run(delivery, route, (verdict) => {
        if (verdict) this.obey(drain, verdict);
        drain.run.sent();
      });
      blocksCall = await this.heed(drain, tried);
    } catch (error) {
      this.halt(drain, error);
    } finally {
      drain.run.settled(delivery, blocksCall);
    }
  }

  /** What an answer means for the requests that follow; at once, or the next one would go out while it is written down. */
  private obey(drain: Drain, { outcome, step, at }: Verdict): void {
    drain.memo.breaker = afterTry(drain.memo.breaker, outcome, at);
    const { standing, news, giveUp } = standingAfter(drain.memo.standing, outcome, {
      now: at,
      giveUpAfterHours: drain.target.disableAfterHours,
    });
    drain.memo.standing = standing;
    if (news !== null) drain.news.push(news);
    drain.giveUp ??= giveUp;
    if (drain.giveUp !== null) drain.halted = true;
    // Of two that were told to wait, the longer wait is the one that is asked of us.
    if (step.kind === 'wait-endpoint') drain.waitUntil = instant(Math.max(step.until, drain.waitUntil ?? 0));
    if (step.kind === 'disable-endpoint') drain.halted = true;
  }

  /** What a try means for the rest of the drain. @returns whether the later events of its call must wait */
  private async heed(drain: Drain, tried: Tried): Promise<boolean> {
    if (tried.kind === 'threw') return true;
    if (tried.kind === 'closed') return false;
    if (tried.kind !== 'concluded') {
      drain.halted = true;
      return true;
    }
    const { step } = tried;
    const reason = step.kind === 'disable-endpoint' ? step.reason : drain.giveUp;
    if (reason !== null) {
      await this.news.tell(drain.target, drain.news);
      await this.news.disable(drain.lease, drain.target, reason);
    }
    return step.kind === 'retry' || step.kind === 'wait-endpoint';
  }

  /** Our own failure (the database is away, a bug): stop here; what was not written down is still due. */
  private halt(drain: Drain, error: unknown): void {
    drain.halted = true;
    drain.failure ??= { error };
  }
}

function earliest(waitsMs: readonly (number | undefined)[]): number | undefined {
  const known = waitsMs.filter((ms) => ms !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
