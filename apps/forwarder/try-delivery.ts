import {
  AppError,
  nextStep,
  type AttemptId,
  type Instant,
  type NextStep,
  type Outcome,
  type OutcomeClass,
} from '#domain';
import type { AttemptWrite, DeliveryRecord, DeliveryStore, DueDelivery } from '#db';
import type { ToldEvent } from '#formats';
import {
  logFailure,
  redactHeaders,
  redactUrl,
  type Clock,
  type HttpSender,
  type Log,
  type Metrics,
} from '#platform';
import { countsAfter, recordOf, scheduleOf } from './forwarding.js';
import type { Route } from './route.js';
import { sendMessages, type Exchanged, type SentMessages } from './send-messages.js';
import type { SignedRequest } from './signed-request.js';

/** A letter that makes our code throw is tried this often, then set aside (design: architecture, "Failure"). */
const MOST_TRIES = 3;
const WAIT_AFTER_THROW_MS = 1_000;

/** What an answer means, known before it is written down. */
export interface Verdict {
  outcome: OutcomeClass;
  step: NextStep;
  at: Instant;
}

/** What one try came to, for the drain that ordered it. */
export type Tried =
  | { kind: 'concluded'; step: NextStep }
  /** There is nothing to send, or no longer: written down without an attempt. */
  | { kind: 'closed' }
  /** Ended by us before an answer: not an attempt, the delivery is still due. */
  | { kind: 'aborted' }
  /** Our own code threw; it is written down, and tried again unless it did so too often. */
  | { kind: 'threw' }
  /** The mailbox is somebody else's now; nothing was written. */
  | { kind: 'lease-lost' };

export interface TryDeliveryParts {
  store: Pick<DeliveryStore, 'record'>;
  sender: Pick<HttpSender, 'send'>;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'deliveries' | 'attemptSeconds' | 'endToEndSeconds'>;
  newAttemptId: () => AttemptId;
}

type Change = Omit<DeliveryRecord, 'deliveryId' | 'tenantId' | 'endpointId' | 'fence' | 'tries'> & {
  tries?: number;
};

/** What a try is judged to be. */
interface Judgement {
  outcome: Outcome;
  step: NextStep;
  counts: { attemptCount: number; refusals: number };
  at: Instant;
}

/** One try at one delivery: send, judge, write down. */
export class TryDelivery {
  constructor(private readonly parts: TryDeliveryParts) {}

  /**
   * @param answered  called as soon as the exchange is over, before it is written down: what it means for the endpoint
   *   counts from then on. Without a verdict when there was no answer to judge
   * @throws AppError `database.unavailable`; the delivery is then still due
   */
  async run(
    delivery: DueDelivery,
    route: Route,
    answered: (verdict: Verdict | undefined) => void,
  ): Promise<Tried> {
    try {
      const writing = route.writer.write(eventOf(delivery), route.target.url);
      if (writing.kind === 'nothing') return await this.skip(delivery, route, writing.reason, answered);
      let sent: SentMessages | undefined;
      let judgement: Judgement | undefined;
      try {
        sent = await sendMessages(writing, delivery, route, this.parts);
        if (sent.kind === 'exchanged') judgement = this.judge(delivery, route, sent);
      } finally {
        answered(judgement && { ...judgement, outcome: judgement.outcome.class });
      }
      if (sent.kind === 'nothing-left') return await this.close(delivery, route, 'delivered', null);
      if (sent.kind === 'aborted' || !judgement) return { kind: 'aborted' };
      return await this.conclude(delivery, route, sent, judgement);
    } catch (error) {
      if (error instanceof AppError && error.fault === 'unavailable') throw error;
      return this.setAside(delivery, route, error);
    }
  }

  private async conclude(
    delivery: DueDelivery,
    route: Route,
    sent: Extract<SentMessages, { kind: 'exchanged' }>,
    judgement: Judgement,
  ): Promise<Tried> {
    const { state, reason, waitMs, decision } = recordOf(judgement.step, judgement.at);
    const said = { outcome: judgement.outcome.class, decision };
    const attempt = { ...this.attemptOf(delivery, sent.sent, said), request: shownRequest(sent.request) };
    const partsDone = state === 'delivered' ? [] : sent.done;
    const change = { state, reason, waitMs, ...judgement.counts, partsDone, attempt };
    if (!(await this.record(delivery, route, change))) return { kind: 'lease-lost' };
    this.tell(delivery, sent.sent, judgement);
    return { kind: 'concluded', step: judgement.step };
  }

  /** An endpoint may ask for events that its format cannot tell: seen, with the reason, and no failure of anybody's. */
  private skip(
    delivery: DueDelivery,
    route: Route,
    reason: string,
    answered: (verdict: undefined) => void,
  ): Promise<Tried> {
    answered(undefined);
    const { format } = route.target;
    this.parts.log.info(
      { deliveryId: delivery.id, tenantId: delivery.tenantId, format, reason },
      'delivery.skipped',
    );
    return this.close(delivery, route, 'skipped', `The format ${format} has ${reason}.`);
  }

  private async close(
    delivery: DueDelivery,
    route: Route,
    state: 'delivered' | 'skipped',
    reason: string | null,
  ): Promise<Tried> {
    const { attemptCount, refusals } = delivery;
    const change = { state, reason, waitMs: 0, attemptCount, refusals, attempt: null };
    return { kind: (await this.record(delivery, route, change)) ? 'closed' : 'lease-lost' };
  }

  private judge(
    delivery: DueDelivery,
    { target }: Route,
    { sent, outcome, at }: Extract<SentMessages, { kind: 'exchanged' }>,
  ): Judgement {
    const counts = countsAfter(delivery, outcome);
    const step = nextStep({
      outcome,
      attempt: counts.attemptCount,
      schedule: scheduleOf(target),
      refusals: counts.refusals,
      firstAttemptAt: delivery.firstTriedAt ?? sent.sentAt,
      now: at,
      random: this.parts.clock.random(),
    });
    return { outcome, step, counts, at };
  }

  private attemptOf(
    delivery: DueDelivery,
    sent: Exchanged,
    said: { outcome: OutcomeClass; decision: string },
  ): Omit<AttemptWrite, 'request'> {
    const { exchange } = sent;
    const answer = exchange.kind === 'answered' ? exchange : undefined;
    return {
      id: this.parts.newAttemptId(),
      number: delivery.attemptCount + 1,
      startedAt: sent.sentAt,
      durationMs: sent.durationMs,
      ...said,
      status: answer?.status ?? null,
      error: exchange.kind === 'failed' ? exchange.message : null,
      responseHeaders: answer?.headers ?? null,
      responseBody: answer?.body ?? null,
      resolvedIp: sent.resolvedIp,
      timings: sent.timings,
    };
  }

  private record(delivery: DueDelivery, { target, fence }: Route, change: Change): Promise<boolean> {
    const { endpointId, tenantId } = target;
    return this.parts.store.record({
      deliveryId: delivery.id,
      tenantId,
      endpointId,
      fence,
      tries: delivery.tries,
      ...change,
    });
  }

  /** It never blocks its mailbox: tried again by itself, then dead with the reason. */
  private async setAside(delivery: DueDelivery, route: Route, error: unknown): Promise<Tried> {
    const tries = delivery.tries + 1;
    const { tenantId, endpointId } = route.target;
    logFailure(this.parts.log, 'delivery.threw', error, {
      deliveryId: delivery.id,
      endpointId,
      tenantId,
      tries,
    });
    const { attemptCount, refusals } = delivery;
    const kept = await this.record(delivery, route, {
      state: tries >= MOST_TRIES ? 'dead' : 'due',
      reason: 'our code failed on it; it is logged',
      waitMs: WAIT_AFTER_THROW_MS,
      attemptCount,
      refusals,
      tries,
      partsDone: delivery.partsDone,
      attempt: null,
    });
    return { kind: kept ? 'threw' : 'lease-lost' };
  }

  private tell(delivery: DueDelivery, sent: Exchanged, { outcome, step, at }: Judgement): void {
    const { metrics, log } = this.parts;
    metrics.deliveries.inc({ outcome: outcome.class });
    metrics.attemptSeconds.observe({ outcome: outcome.class }, sent.durationMs / 1000);
    if (step.kind === 'done')
      metrics.endToEndSeconds.observe(Math.max(0, at - bornAt(delivery.eventId)) / 1000);
    log.info(
      {
        deliveryId: delivery.id,
        tenantId: delivery.tenantId,
        attempt: delivery.attemptCount + 1,
        outcome: outcome.class,
        next: step.kind,
        ms: Math.round(sent.durationMs),
      },
      'delivery.attempted',
    );
  }
}

function eventOf({ eventId, eventType, sequence, occurredAt, payload }: DueDelivery): ToldEvent {
  return { id: eventId, type: eventType, sequence, occurredAt, payload };
}

/** For the delivery log. */
function shownRequest({ method, url, headers }: SignedRequest): AttemptWrite['request'] {
  return { method, url: redactUrl(url), headers: redactHeaders(headers) };
}

/** The time in a UUIDv7, epoch milliseconds. */
function bornAt(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
