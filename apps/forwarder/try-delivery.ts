import {
  AppError,
  bornAt,
  nextStep,
  type AttemptId,
  type Instant,
  type NextStep,
  type Outcome,
  type OutcomeClass,
} from '#domain';
import type { DeliveryRecord, DeliveryStore, DueDelivery, LiveBell, TakenOfCalls } from '#db';
import type { ToldEvent, Writing } from '#formats';
import { hideSecrets, logFailure, type Clock, type GrantTokens, type Log, type Metrics } from '#platform';
import { attemptOf } from './attempt-of.js';
import { mayReauthorise, stillRefused } from './refused-token.js';
import { secretsOf } from './secrets-of.js';
import type { EndpointTallies } from './endpoint-tallies.js';
import { countsAfter, recordOf, scheduleOf } from './forwarding.js';
import type { Route } from './route.js';
import { sendAuthorised, type SendAuthorisedParts, type SentAuthorised } from './send-authorised.js';

/** A letter that makes our code throw is tried this often, then set aside (design: architecture, "Failure"). */
const MOST_TRIES = 3;
const WAIT_AFTER_THROW_MS = 1_000;
const EVENT_GONE = 'its event is not kept any more';

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
  /** It is too early for it; written down, and tried again by itself. */
  | { kind: 'postponed' }
  /** The mailbox is somebody else's now; nothing was written. */
  | { kind: 'lease-lost' };

export interface TryDeliveryParts extends SendAuthorisedParts {
  store: Pick<DeliveryStore, 'record'>;
  grants: Pick<GrantTokens, 'get' | 'distrust'>;
  taken: Pick<TakenOfCalls, 'before'>;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'deliveries' | 'attemptSeconds' | 'endToEndSeconds'>;
  newAttemptId: () => AttemptId;
  tallies: Pick<EndpointTallies, 'count'>;
  /** Rung when something became of a delivery, for pages that show it. */
  liveBell: Pick<LiveBell, 'ringDeliveries'>;
  /** Where people reach the API; null where the operator did not say. */
  apiUrl: string | null;
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

type Sent = Extract<SentAuthorised, { kind: 'exchanged' }>;
type Judged = Sent & { judgement: Judgement };
type Exchange = Judged | Exclude<SentAuthorised, Sent> | { kind: 'lease-lost' };
type Sendable = Exclude<Writing, { kind: 'nothing' }>;

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
      const event = await this.eventOf(delivery, route);
      if (event === undefined) return await this.bury(delivery, route, answered);
      const writing = route.writer.write(event, route.target.url, this.parts.apiUrl);
      if (writing.kind === 'nothing') return await this.skip(delivery, route, writing.reason, answered);
      let judged: Exchange | undefined;
      try {
        judged = await this.exchange(writing, delivery, route);
      } finally {
        const judgement = judged?.kind === 'exchanged' ? judged.judgement : undefined;
        answered(judgement && verdictOf(judgement));
      }
      if (judged.kind === 'nothing-left') return await this.close(delivery, route, 'delivered', null);
      if (judged.kind === 'not-wanted') {
        return await this.close(delivery, route, 'skipped', `It is not logged: ${judged.reason}.`);
      }
      if (judged.kind === 'later') return await this.postpone(delivery, route, judged);
      if (judged.kind !== 'exchanged') return { kind: judged.kind };
      const written = await this.writeDown(delivery, route, judged, true);
      return written ? { kind: 'concluded', step: judged.judgement.step } : { kind: 'lease-lost' };
    } catch (error) {
      if (error instanceof AppError && error.fault === 'unavailable') throw error;
      return this.setAside(delivery, route, error);
    }
  }

  /**
   * Asked for at the try itself: what was read together with the delivery would not know of the event before it, which was
   * read by the same statement and sent since.
   *
   * @returns undefined when the event is not kept any more
   */
  private async eventOf(delivery: DueDelivery, { writer, target }: Route): Promise<ToldEvent | undefined> {
    const { id, tenantId, eventId, eventType, sequence, event, callId, replayId } = delivery;
    if (event === null) return undefined;
    const { occurredAt, payload } = event;
    const told = { id: eventId, type: eventType, sequence, occurredAt, payload };
    if (callId === null || writer.buildsUpon?.(told) !== true) return told;
    const { endpointId } = target;
    return { ...told, before: await this.parts.taken.before({ id, tenantId, endpointId, callId, replayId }) };
  }

  /** Sends and judges. A try whose access token was refused is written down here, and made once more with a new one. */
  private async exchange(writing: Sendable, delivery: DueDelivery, route: Route): Promise<Exchange> {
    const first = await sendAuthorised(writing, delivery, { route, refused: null }, this.parts);
    if (first.kind !== 'exchanged') return first;
    const judgement = this.judge(delivery, route, first, mayReauthorise(first, route));
    const judged = Object.assign(first, { judgement });
    if (judgement.step.kind !== 'retry' || judgement.step.burnsAttempt) return judged;
    if (!(await this.writeDown(delivery, route, judged))) return { kind: 'lease-lost' };
    const again = { ...delivery, partsDone: [...first.done] };
    const second = await sendAuthorised(writing, again, { route, refused: first.token }, this.parts);
    if (second.kind !== 'exchanged') return second;
    const { endpointId } = route.target;
    const outcome = await stillRefused(second, route, (token) =>
      this.parts.grants.distrust(endpointId, token),
    );
    return { ...second, judgement: this.judge(delivery, route, { ...second, outcome }, false) };
  }

  /**
   * @param last  nothing more is sent for this delivery now
   * @returns false when the lease was lost
   */
  private async writeDown(
    delivery: DueDelivery,
    route: Route,
    judged: Judged,
    last = false,
  ): Promise<boolean> {
    const { judgement, done, token } = judged;
    const { outcome, step, at, counts } = judgement;
    const { kind } = route.access.auth;
    const isOurs = (kind === 'oauth2' || kind === 'oauth2_code') && outcome.class === 'unauthorised';
    const { state, reason, waitMs, decision } = recordOf(step, at, isOurs ? outcome.note : null);
    const said = {
      id: this.parts.newAttemptId(),
      number: delivery.attemptCount + 1,
      outcome: outcome.class,
      decision,
    };
    const attempt = attemptOf(judged, said, route);
    const partsDone = state === 'delivered' ? [] : done;
    const shown = reason === null ? null : hideSecrets(reason, secretsOf(route, token));
    const { attemptCount, refusals } = counts;
    const change = { state, reason: shown, waitMs, attemptCount, refusals, partsDone, attempt };
    if (!(await this.record(delivery, route, change, last))) return false;
    this.tell(delivery, judged);
    this.tally(route, judged);
    return true;
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

  /** Kept due it would stand before all others; what it owed is lost, and whoever looks shall see it. */
  private bury(delivery: DueDelivery, route: Route, answered: (verdict: undefined) => void): Promise<Tried> {
    answered(undefined);
    const { id: deliveryId, tenantId, eventId } = delivery;
    this.parts.log.warn({ deliveryId, tenantId, eventId }, 'delivery.event_gone');
    return this.close(delivery, route, 'dead', EVENT_GONE);
  }

  private async close(
    delivery: DueDelivery,
    route: Route,
    state: 'delivered' | 'skipped' | 'dead',
    reason: string | null,
  ): Promise<Tried> {
    const { attemptCount, refusals } = delivery;
    const change = { state, reason, waitMs: 0, attemptCount, refusals, attempt: null };
    return { kind: (await this.record(delivery, route, change, true)) ? 'closed' : 'lease-lost' };
  }

  /** No attempt, and nobody's failure; the later events of its call wait with it. */
  private async postpone(
    delivery: DueDelivery,
    route: Route,
    { waitMs, reason }: { waitMs: number; reason: string },
  ): Promise<Tried> {
    const { attemptCount, refusals, partsDone } = delivery;
    const change = {
      state: 'due' as const,
      reason,
      waitMs,
      attemptCount,
      refusals,
      partsDone,
      attempt: null,
    };
    return { kind: (await this.record(delivery, route, change)) ? 'postponed' : 'lease-lost' };
  }

  private judge(
    delivery: DueDelivery,
    { target }: Route,
    { sent, outcome, at }: Pick<Sent, 'sent' | 'outcome' | 'at'>,
    mayReauthorise: boolean,
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
      mayReauthorise,
    });
    if (step.kind !== 'retry' || step.burnsAttempt) return { outcome, step, counts, at };
    const { attemptCount, refusals } = delivery;
    return { outcome, step, counts: { attemptCount, refusals }, at };
  }

  /** @returns false when the lease was lost */
  private async record(
    delivery: DueDelivery,
    { target, fence, lastWord }: Route,
    change: Change,
    last = false,
  ): Promise<boolean> {
    const { endpointId, tenantId } = target;
    const { state, reason, waitMs, attemptCount, refusals, partsDone, attempt } = change;
    const record: DeliveryRecord = {
      deliveryId: delivery.id,
      tenantId,
      endpointId,
      fence,
      state,
      reason,
      waitMs,
      attemptCount,
      refusals,
      tries: change.tries ?? delivery.tries,
      attempt,
    };
    if (partsDone !== undefined) record.partsDone = partsDone;
    if (last) record.leaves = (together) => lastWord.ask(together);
    const { kept, rung, gaveBack } = await this.parts.store.record(record);
    if (gaveBack) lastWord.given = { rung };
    if (kept) this.parts.liveBell.ringDeliveries(tenantId, [delivery.id]);
    return kept;
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

  /** One that does not count for the delivery, since it is made again at once, is none for the statistics either. */
  private tally({ target }: Route, { sent, judgement }: Judged): void {
    const { outcome, step, at } = judgement;
    if (step.kind === 'retry' && !step.burnsAttempt) return;
    const { exchange, durationMs } = sent;
    const status = exchange.kind === 'answered' ? exchange.status : null;
    this.parts.tallies.count(target.endpointId, { outcome: outcome.class, status, durationMs }, at);
  }

  private tell(delivery: DueDelivery, { sent, judgement }: Judged): void {
    const { outcome, step, at } = judgement;
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

function verdictOf({ outcome, step, at }: Judgement): Verdict {
  return { outcome: outcome.class, step, at };
}
