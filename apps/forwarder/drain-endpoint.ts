import {
  adviceOf,
  afterTry,
  bornAt,
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
import {
  LETTERS_PER_PLACE,
  sealedFor,
  type DeliveryStore,
  type DeliveryTarget,
  type DueDelivery,
  type FirstOfEndpoint,
  type GivenBack,
  type Lateness,
} from '#db';
import type { Writer } from '#formats';
import { certificateOf, type ClientCertificate, type Clock } from '#platform';
import type { Lease, Leaving, Slice } from '#queues';
import { EndpointNews } from './endpoint-news.js';
import { EndpointRun } from './endpoint-run.js';
import { readMemo, type Memo } from './forwarding.js';
import type { OpenedWriters } from './opened-writers.js';
import { LastWord } from './last-word.js';
import { LookAgain } from './look-again.js';
import type { OpenedSecrets } from './opened-secrets.js';
import { Pace } from './pace.js';
import type { Route } from './route.js';
import type { TellTenant } from './tell-tenant.js';
import { Turn } from './turn.js';
import type { Tried, TryDelivery, Verdict } from './try-delivery.js';

/** A drain waits so long for its endpoint's rate limit before it gives its place away. */
const LONGEST_WAIT_HERE_MS = 1_000;
/** A dead or deleted endpoint's letters are put away with these words. */
const DELETED = 'endpoint deleted';

export interface DrainEndpointParts {
  store: Pick<DeliveryStore, 'due' | 'putAway'>;
  tryDelivery: Pick<TryDelivery, 'run'>;
  secrets: Pick<OpenedSecrets, 'open'>;
  writers: Pick<OpenedWriters, 'open'>;
  tellTenant: Pick<TellTenant, 'tell'>;
  clock: Pick<Clock, 'now'>;
  lateness: Pick<Lateness, 'note'>;
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
  /** Whether the last read brought all that was due. */
  exhausted: boolean;
  reading: Promise<void> | undefined;
  lastWord: LastWord;
}

/** Empties one endpoint's mailbox: deliveries become requests, and what came of each is written down. */
export class DrainEndpoint {
  private readonly news: EndpointNews;

  constructor(private readonly parts: DrainEndpointParts) {
    this.news = new EndpointNews(parts);
  }

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const endpointId = id<EndpointId>(lease.id);
    const first = (await lease.first) as FirstOfEndpoint;
    const { target } = first;
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
      const reason = `the settings of its format ${target.format} cannot be read`;
      await this.news.disable(lease, target, { reason });
      return { more: false };
    }
    const drain = this.opened(lease, slice, target, writer);
    const more = await this.sendAll(drain, first);
    if (drain.failure !== undefined) throw drain.failure.error;
    if (drain.lastWord.given) return { more: false, givenBack: drain.lastWord.given };
    // Before the memo is kept: a process that dies in between tells it twice rather than never.
    await this.news.tell(target, drain.news);
    return {
      more,
      memo: memoOf(drain),
      ...(drain.waitUntil === undefined ? {} : { notBefore: drain.waitUntil }),
    };
  }

  private opened(lease: Lease, slice: Slice, target: DeliveryTarget, writer: Writer): Drain {
    const { endpointId } = target;
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
      exhausted: false,
      reading: undefined,
      lastWord: new LastWord((together) => this.leaves(drain, together)),
    };
    return drain;
  }

  private accessOf({ endpointId, sealedAccess }: DeliveryTarget): EndpointAccess {
    const sealed = sealedAccess === null ? [] : [sealedAccess];
    const [text = null] = this.parts.secrets.open(sealed, sealedFor.endpointAccess(endpointId));
    return readEndpointAccess(text);
  }

  /** @returns whether there was still work when the slice ended */
  private async sendAll(drain: Drain, first: FirstOfEndpoint): Promise<boolean> {
    const { run, target } = drain;
    const again = new LookAgain();
    const wasRead = (count: number, most: number) => {
      drain.exhausted = count < most;
      again.read(count, most, this.parts.clock.now());
    };
    this.take(drain, first.letters);
    wasRead(first.letters.length, first.most);
    for (;;) {
      const places = this.places(drain);
      const tokenInMs = this.startSome(drain, places);
      const stopping = isStopping(drain);
      if (stopping && run.dropBuffer() > 0) drain.exhausted = false;
      if (run.idle && !drain.reading && (stopping || drain.exhausted)) {
        return !drain.exhausted && !drain.halted && drain.waitUntil === undefined;
      }
      const most = target.concurrency * LETTERS_PER_PLACE - run.held;
      const mayRead = !stopping && !drain.reading && run.buffered < places && most >= target.concurrency;
      const lookInMs = drain.exhausted ? again.inMs(this.parts.clock.now()) : 0;
      if (mayRead && lookInMs === 0) {
        drain.reading = this.read(drain, most)
          .then((count) => {
            wasRead(count, most);
          })
          .catch((error: unknown) => {
            this.halt(drain, error);
          })
          .finally(() => {
            drain.reading = undefined;
            run.notify();
          });
      }
      const waits = [
        run.buffered > 0 ? tokenInMs : undefined,
        mayRead && !drain.reading ? lookInMs : undefined,
      ];
      await run.changed(earliest(waits));
    }
  }

  /** What is left in the mailbox when the letters that are being written are all in hand, and nobody has to hear of anything. */
  private leaves(drain: Drain, together: number): GivenBack | undefined {
    const { run, exhausted, reading, news, giveUp, memo, lease } = drain;
    const isLast = run.held === together && exhausted && !reading && !isStopping(drain);
    if (!isLast || news.length > 0 || giveUp !== null) return undefined;
    if (adviceOf(memo.breaker, this.parts.clock.now()).kind !== 'go') return undefined;
    return { epoch: lease.epoch, memo: memoOf(drain) };
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

  private take({ run, lease }: Drain, letters: readonly DueDelivery[]): void {
    run.add(letters);
    const [oldest] = letters.filter(({ attemptCount, replayId }) => attemptCount === 0 && replayId === null);
    if (oldest) this.parts.lateness.note('endpoint', lease.id, this.parts.clock.now() - bornAt(oldest.id));
  }

  private async read(drain: Drain, most: number): Promise<number> {
    const { run, target } = drain;
    const due = await this.parts.store.due({
      endpointId: target.endpointId,
      most,
      ordered: target.ordered,
      except: run.known,
    });
    this.take(drain, due);
    return due.length;
  }

  /** How many sends may be under way now: all of them, one probe, or none while the endpoint waits. */
  private places(drain: Drain): number {
    if (isStopping(drain)) return 0;
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
        lastWord: drain.lastWord,
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
    if (tried.kind === 'threw' || tried.kind === 'postponed') return true;
    if (tried.kind === 'closed') return false;
    if (tried.kind !== 'concluded') {
      drain.halted = true;
      return true;
    }
    const { step } = tried;
    const reason = step.kind === 'disable-endpoint' ? step.reason : drain.giveUp;
    if (reason !== null) {
      await this.news.tell(drain.target, drain.news);
      const awaitsGrant = step.kind === 'disable-endpoint' && step.awaitsGrant === true;
      await this.news.disable(drain.lease, drain.target, { reason, awaitsGrant });
    }
    return step.kind === 'retry' || step.kind === 'wait-endpoint';
  }

  /** Our own failure (the database is away, a bug): stop here; what was not written down is still due. */
  private halt(drain: Drain, error: unknown): void {
    drain.halted = true;
    drain.failure ??= { error };
  }
}

/** Nothing more may be begun. */
function isStopping({ turn, halted, waitUntil, lastWord }: Drain): boolean {
  return turn.over || halted || waitUntil !== undefined || lastWord.said;
}

function memoOf({ memo, pace }: Drain): Memo {
  return { ...memo, ...(pace.bucket && { bucket: pace.bucket }) };
}

function earliest(waitsMs: readonly (number | undefined)[]): number | undefined {
  const known = waitsMs.filter((ms) => ms !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
