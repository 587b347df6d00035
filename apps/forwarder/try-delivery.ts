import {
  AppError,
  nextStep,
  outcomeOf,
  type AttemptId,
  type Instant,
  type NextStep,
  type Outcome,
  type OutcomeClass,
} from '#domain';
import type { AttemptWrite, DeliveryStore, DeliveryTarget, DueDelivery } from '#db';
import {
  logFailure,
  redactHeaders,
  redactUrl,
  type Clock,
  type HttpSender,
  type Log,
  type Metrics,
  type OutgoingRequest,
  type Sent,
} from '#platform';
import { countsAfter, recordOf, scheduleOf } from './forwarding.js';
import { standardRequest } from './standard-request.js';

/** A letter that makes our code throw is tried this often, then set aside (design: architecture, "Failure"). */
const MOST_TRIES = 3;
const WAIT_AFTER_THROW_MS = 1_000;

/** Where a delivery goes, and under which lease. */
export interface Route {
  target: DeliveryTarget;
  /** Opened; every one of them signs. */
  secrets: readonly string[];
  fence: string;
  /** Aborts the request. */
  signal: AbortSignal;
}

/** What an answer means, known before it is written down. */
export interface Verdict {
  outcome: OutcomeClass;
  step: NextStep;
  at: Instant;
}

/** What one try came to, for the drain that ordered it. */
export type Tried =
  | { kind: 'concluded'; step: NextStep }
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

type Exchanged = Extract<Sent, { kind: 'exchanged' }>;
type Request = Pick<OutgoingRequest, 'method' | 'url' | 'headers' | 'body'>;

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
      let sent: Sent | undefined;
      let judgement: Judgement | undefined;
      let request: Request | undefined;
      try {
        request = this.requestOf(delivery, route);
        sent = await this.send(request, route);
        if (sent.kind === 'exchanged') judgement = this.judge(delivery, route, sent);
      } finally {
        answered(judgement && { ...judgement, outcome: judgement.outcome.class });
      }
      if (sent.kind === 'aborted' || !judgement) return { kind: 'aborted' };
      const { state, reason, waitMs, decision } = recordOf(judgement.step, judgement.at);
      const said = { outcome: judgement.outcome.class, decision };
      const attempt = { ...this.attemptOf(delivery, sent, said), request: shownRequest(request) };
      const kept = await this.record(delivery, route, {
        state,
        reason,
        waitMs,
        ...judgement.counts,
        attempt,
      });
      if (!kept) return { kind: 'lease-lost' };
      this.tell(delivery, sent, judgement);
      return { kind: 'concluded', step: judgement.step };
    } catch (error) {
      if (error instanceof AppError && error.fault === 'unavailable') throw error;
      return this.setAside(delivery, route, error);
    }
  }

  private requestOf(delivery: DueDelivery, { target, secrets }: Route): Request {
    const request = standardRequest(delivery, secrets, Math.floor(this.parts.clock.now() / 1000));
    const replay = delivery.replayId === null ? {} : { 'switchhook-replay': delivery.replayId };
    return { ...request, url: target.url, headers: { ...request.headers, ...replay } };
  }

  private async send(request: Request, { target, signal }: Route): Promise<Sent> {
    return this.parts.sender.send({
      ...request,
      timeoutMs: target.timeoutMs,
      signal,
      // A kept connection that died meanwhile is nobody's failure: sent once more on a new one.
      mayRepeat: true,
    });
  }

  private judge(delivery: DueDelivery, { target }: Route, sent: Exchanged): Judgement {
    const at = this.parts.clock.now();
    const outcome = outcomeOf(sent.exchange, at);
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

  private record(
    delivery: DueDelivery,
    { target, fence }: Route,
    change: {
      state: 'due' | 'delivered' | 'dead' | 'held';
      reason: string | null;
      waitMs: number;
      attemptCount: number;
      refusals: number;
      tries?: number;
      attempt: AttemptWrite | null;
    },
  ): Promise<boolean> {
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

/** For the delivery log. */
function shownRequest({ method, url, headers }: Request): AttemptWrite['request'] {
  return { method, url: redactUrl(url), headers: redactHeaders(headers) };
}

/** The time in a UUIDv7, epoch milliseconds. */
function bornAt(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
