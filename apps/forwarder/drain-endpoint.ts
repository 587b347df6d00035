import {
  adviceOf,
  afterTry,
  id,
  nextStep,
  outcomeOf,
  startProbe,
  type AttemptId,
  type EndpointId,
  type Instant,
  type NextStep,
  type Outcome,
} from '#domain';
import type { DeliveryStore, DeliveryTarget, DueDelivery } from '#db';
import type { Clock, HttpSender, Log, Metrics, Sent } from '#platform';
import type { Lease, Leaving, Slice } from '#queues';
import { EndpointRun } from './endpoint-run.js';
import { countsAfter, readMemo, recordOf, scheduleOf, type Memo } from './forwarding.js';
import type { OpenedSecrets } from './opened-secrets.js';
import { standardRequest } from './standard-request.js';

/** Letters read ahead for each place of the endpoint's concurrency. */
const READ_AHEAD = 4;
/** A dead or deleted endpoint's letters are put away with these words. */
const DELETED = 'endpoint deleted';

export interface DrainEndpointParts {
  store: Pick<DeliveryStore, 'target' | 'due' | 'record' | 'putAway' | 'disable'>;
  sender: Pick<HttpSender, 'send'>;
  secrets: Pick<OpenedSecrets, 'open'>;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'deliveries' | 'attemptSeconds' | 'endToEndSeconds'>;
  newAttemptId: () => AttemptId;
}

/** What the drain of one endpoint works with and on. */
interface Drain {
  lease: Lease;
  slice: Slice;
  target: DeliveryTarget;
  secrets: string[];
  run: EndpointRun;
  memo: Memo;
  /** Set when the whole endpoint must wait. */
  waitUntil: Instant | undefined;
  /** Set when nothing more may be sent: the lease is lost or the endpoint was disabled. */
  halted: boolean;
  /** What went wrong on our side first, to be thrown when everything under way has settled. */
  failure: { error: unknown } | undefined;
}

type Exchanged = Extract<Sent, { kind: 'exchanged' }>;

/** Empties one endpoint's mailbox: deliveries become requests, and what came of each is written down. */
export class DrainEndpoint {
  constructor(private readonly parts: DrainEndpointParts) {}

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const endpointId = id<EndpointId>(lease.id);
    const target = await this.parts.store.target(endpointId);
    const owner = { endpointId, fence: lease.fence };
    if (!target) {
      await this.parts.store.putAway(owner, 'dead', DELETED);
      return { more: false };
    }
    if (!target.enabled) {
      await this.parts.store.putAway(owner, 'held', target.stateReason ?? 'endpoint disabled');
      return { more: false };
    }
    const drain: Drain = {
      lease,
      slice,
      target,
      secrets: this.parts.secrets.open(target.secrets, `endpoint:${endpointId}`),
      run: new EndpointRun(target.ordered),
      memo: readMemo(lease.memo),
      waitUntil: undefined,
      halted: false,
      failure: undefined,
    };
    const more = await this.sendAll(drain);
    if (drain.failure !== undefined) throw drain.failure.error;
    return {
      more,
      memo: drain.memo,
      ...(drain.waitUntil === undefined ? {} : { notBefore: drain.waitUntil }),
    };
  }

  /** @returns whether there was still work when the slice ended */
  private async sendAll(drain: Drain): Promise<boolean> {
    const { run, slice, target } = drain;
    let exhausted = false;
    let reading: Promise<void> | undefined;
    for (;;) {
      const places = this.places(drain);
      while (run.sendingNow < places) {
        const delivery = run.start();
        if (!delivery) break;
        void this.sendOne(drain, delivery);
      }
      const stopping = slice.over || drain.halted || drain.waitUntil !== undefined;
      if (stopping) run.dropBuffer();
      if (run.idle && !reading && (stopping || exhausted)) {
        return !exhausted && !drain.halted && drain.waitUntil === undefined;
      }
      if (!stopping && !exhausted && !reading && run.buffered < places) {
        const most = target.concurrency * READ_AHEAD;
        reading = this.read(drain, most)
          .then((count) => {
            exhausted = count < most;
          })
          .catch((error: unknown) => {
            this.halt(drain, error);
          })
          .finally(() => {
            reading = undefined;
            run.notify();
          });
      }
      await run.changed();
    }
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
    if (drain.slice.over || drain.halted || drain.waitUntil !== undefined) return 0;
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
      const { target, slice } = drain;
      const request = standardRequest(delivery, drain.secrets, Math.floor(this.parts.clock.now() / 1000));
      const sent = await this.parts.sender.send({
        ...request,
        url: target.url,
        timeoutMs: target.timeoutMs,
        signal: slice.signal,
        // A kept connection that died meanwhile is nobody's failure: sent once more on a new one.
        mayRepeat: true,
      });
      drain.run.sent();
      // An aborted try is not an attempt: the delivery stays due.
      if (sent.kind === 'aborted') drain.halted = true;
      else blocksCall = await this.conclude(drain, delivery, sent);
    } catch (error) {
      this.halt(drain, error);
    } finally {
      drain.run.settled(delivery, blocksCall);
    }
  }

  /** Decides what the answer means, writes it down, tells the log. @returns whether it will be tried again */
  private async conclude(drain: Drain, delivery: DueDelivery, sent: Exchanged): Promise<boolean> {
    const now = this.parts.clock.now();
    const outcome = outcomeOf(sent.exchange, now);
    drain.memo.breaker = afterTry(drain.memo.breaker, outcome.class, now);
    const counts = countsAfter(delivery, outcome);
    const step = nextStep({
      outcome,
      attempt: counts.attemptCount,
      schedule: scheduleOf(drain.target),
      refusals: counts.refusals,
      firstAttemptAt: delivery.firstTriedAt ?? sent.sentAt,
      now,
      random: this.parts.clock.random(),
    });
    await this.record(drain, delivery, { sent, outcome, step, counts, now });
    this.observe(drain, delivery, { sent, outcome, step, now });
    return step.kind === 'retry' || step.kind === 'wait-endpoint';
  }

  private async record(
    drain: Drain,
    delivery: DueDelivery,
    what: {
      sent: Exchanged;
      outcome: Outcome;
      step: NextStep;
      counts: { attemptCount: number; refusals: number };
      now: Instant;
    },
  ): Promise<void> {
    const { sent, outcome, step, counts, now } = what;
    const { endpointId, tenantId } = drain.target;
    const { decision, ...change } = recordOf(step, now);
    const answered = sent.exchange.kind === 'answered' ? sent.exchange : undefined;
    const kept = await this.parts.store.record({
      deliveryId: delivery.id,
      tenantId,
      endpointId,
      fence: drain.lease.fence,
      ...change,
      ...counts,
      tries: delivery.tries,
      attempt: {
        id: this.parts.newAttemptId(),
        number: delivery.attemptCount + 1,
        startedAt: sent.sentAt,
        durationMs: sent.durationMs,
        outcome: outcome.class,
        decision,
        status: answered?.status ?? null,
        error: sent.exchange.kind === 'failed' ? sent.exchange.message : null,
        responseHeaders: answered?.headers ?? null,
        responseBody: answered?.body ?? null,
        resolvedIp: sent.resolvedIp,
        timings: sent.timings,
      },
    });
    if (!kept) {
      drain.halted = true;
      return;
    }
    if (step.kind === 'wait-endpoint') drain.waitUntil = step.until;
    if (step.kind === 'disable-endpoint') {
      drain.halted = true;
      await this.parts.store.disable(endpointId, step.reason);
      await this.parts.store.putAway({ endpointId, fence: drain.lease.fence }, 'held', step.reason);
    }
  }

  private observe(
    drain: Drain,
    delivery: DueDelivery,
    { sent, outcome, step, now }: { sent: Exchanged; outcome: Outcome; step: NextStep; now: Instant },
  ): void {
    const { metrics, log } = this.parts;
    metrics.deliveries.inc({ outcome: outcome.class });
    metrics.attemptSeconds.observe({ outcome: outcome.class }, sent.durationMs / 1000);
    if (step.kind === 'done')
      metrics.endToEndSeconds.observe(Math.max(0, now - bornAt(delivery.eventId)) / 1000);
    log.info(
      {
        deliveryId: delivery.id,
        endpointId: drain.target.endpointId,
        tenantId: drain.target.tenantId,
        attempt: delivery.attemptCount + 1,
        outcome: outcome.class,
        next: step.kind,
        ms: Math.round(sent.durationMs),
      },
      'delivery.attempted',
    );
  }

  /** Our own failure (the database is away, a bug): stop here; what was not written down is still due. */
  private halt(drain: Drain, error: unknown): void {
    drain.halted = true;
    drain.failure ??= { error };
  }
}

/** The time in a UUIDv7, epoch milliseconds. */
function bornAt(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
