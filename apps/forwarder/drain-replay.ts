import {
  id,
  readTokenBucket,
  replayBatch,
  replayLimit,
  takeTokens,
  whoIsReplayed,
  type CallEventId,
  type DeliveryId,
  type EndpointId,
  type Instant,
  type RateLimit,
  type ReplayFilter,
  type ReplayId,
  type TokenBucket,
} from '#domain';
import type { ReplayContext, ReplayEvent, ReplayOwner, ReplayStore, ReplayedDelivery } from '#db';
import { matchesPayload, type Clock } from '#platform';
import type { Lease, Leaving, Ringer, Slice } from '#queues';

/** Events of one batch: read, decided upon and written together. */
export const REPLAY_BATCH = 500;
/** Deliveries that are released or skipped by one statement. */
const RELEASE_BATCH = 1_000;
const CANCELLED = 'replay cancelled';

export interface DrainReplayParts {
  store: Pick<ReplayStore, 'context' | 'events' | 'write' | 'releaseHeld' | 'skip'>;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
  newDeliveryId: () => DeliveryId;
}

interface Work {
  owner: ReplayOwner;
  slice: Slice;
  context: ReplayContext;
}

/** How far a replay of events has got, and how much it may make now. */
interface Progress {
  after: CallEventId | null;
  limit: RateLimit;
  bucket: TokenBucket;
}

/**
 * Drains a replay's mailbox: events become deliveries, batch by batch, each batch in one transaction with the place that
 * it got to. A drain that is killed leaves the place of its last batch, and the next one goes on from there.
 */
export class DrainReplay {
  constructor(private readonly parts: DrainReplayParts) {}

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const replayId = id<ReplayId>(lease.id);
    const context = await this.parts.store.context(replayId);
    if (!context) return { more: false };
    const work: Work = { owner: { replayId, fence: lease.fence }, slice, context };
    const { state, order } = context;
    if (state === 'cancelling') return this.cancel(work);
    if (state !== 'running') return { more: false };
    return order.kind === 'held' ? this.release(work, order) : this.sendAgain(work, order.filter, lease.memo);
  }

  private async sendAgain(work: Work, filter: ReplayFilter, memo: unknown): Promise<Leaving> {
    const { slice, context } = work;
    const limit = replayLimit(context.ratePerMinute, context.endpoints.length);
    const kept = ((memo ?? {}) as { bucket?: unknown }).bucket;
    const bucket = readTokenBucket(kept, limit, this.parts.clock.now());
    const progress: Progress = { after: context.handledTo, limit, bucket };
    while (!slice.over) {
      const next = await this.sendBatch(work, filter, progress);
      if (next === 'ended') return { more: false };
      if (next !== 'go on') return { more: false, notBefore: next, memo: { bucket: progress.bucket } };
    }
    return { more: true, memo: { bucket: progress.bucket } };
  }

  /** @returns when to go on, where the rate is used up; `ended` also when the lease was lost or the replay cancelled */
  private async sendBatch(
    { owner, context }: Work,
    filter: ReplayFilter,
    progress: Progress,
  ): Promise<'go on' | 'ended' | Instant> {
    const { store, clock } = this.parts;
    const most = REPLAY_BATCH;
    const events = await store.events(context.tenantId, filter, {
      after: progress.after,
      most,
      withData: context.endpoints.some((endpoint) => endpoint.filter !== null),
    });
    const choices = events.map((event) => ({
      eventId: event.id,
      endpoints: whoIsReplayed(event, context.endpoints, filter, matchesPayload),
    }));
    const now = clock.now();
    const allowed = takeTokens(progress.bucket, progress.limit, Number.MAX_SAFE_INTEGER, now).taken;
    const batch = replayBatch(choices, allowed);
    const done = batch.whole && events.length < most;
    const deliveries = this.deliveriesOf(events, batch.made);
    if (batch.handledTo !== undefined || done) {
      const kept = await store.write(owner, deliveries, { handledTo: batch.handledTo, done });
      if (!kept) return 'ended';
    }
    this.parts.ringer.ring('endpoint', new Set(deliveries.map(({ endpointId }) => endpointId)));
    const taken = takeTokens(progress.bucket, progress.limit, deliveries.length, now);
    progress.bucket = taken.bucket;
    progress.after = batch.handledTo ?? progress.after;
    if (done) return 'ended';
    return batch.whole ? 'go on' : taken.nextAt;
  }

  private deliveriesOf(
    events: readonly ReplayEvent[],
    made: readonly { eventId: CallEventId; endpoint: { id: EndpointId } }[],
  ): ReplayedDelivery[] {
    const byId = new Map(events.map((event) => [event.id, event]));
    return made.flatMap(({ eventId, endpoint }) => {
      const event = byId.get(eventId);
      if (!event) return [];
      const { callId, type: eventType, sequence } = event;
      const deliveryId = this.parts.newDeliveryId();
      return [{ id: deliveryId, endpointId: endpoint.id, eventId, callId, eventType, sequence }];
    });
  }

  /** An endpoint is being enabled: what was held for it is due or skipped, batch by batch, oldest first. */
  private async release(
    { owner, slice }: Work,
    order: { endpointId: EndpointId; since: string | null },
  ): Promise<Leaving> {
    let more = true;
    while (more && !slice.over) more = await this.parts.store.releaseHeld(owner, order, RELEASE_BATCH);
    this.parts.ringer.ring('endpoint', [order.endpointId]);
    return { more };
  }

  private async cancel({ owner, slice }: Work): Promise<Leaving> {
    let more = true;
    while (more && !slice.over) more = await this.parts.store.skip(owner, CANCELLED, RELEASE_BATCH);
    return { more };
  }
}
