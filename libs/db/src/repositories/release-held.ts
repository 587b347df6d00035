import type { EndpointId, Instant, ReplayId, TenantId, Actor } from '#domain';
import { newId } from '#platform';
import { uuidFloor } from '../maintenance/partitions.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import { dateOf } from './times.js';

export const HELD_CHOICES = ['drain', 'skip', 'replay_from'] as const;
/** What becomes of what an endpoint was owed while it was not enabled: sent, given up, or sent only since a time. */
export type HeldChoice = { held: 'drain' | 'skip' } | { held: 'replay_from'; from: Instant };

/** As many as one transaction releases in well under a second. */
const AT_ONCE = 1_000;
const BEYOND_ALL_IDS = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Releasing is work for the database alone; what it makes due is sent at the endpoint's own pace. */
const UNLIMITED_PER_MINUTE = 600_000;

interface Order {
  tenant: TenantId;
  endpointId: EndpointId;
  choice: HeldChoice;
  by: Actor;
  at: Instant;
}

/**
 * Releases what is held for an endpoint that is `enabling`, as a step of the caller's transaction: a few at once, more by
 * a replay. The last batch enables the endpoint.
 *
 * @returns how many were released now, and the replay for the others
 */
export async function releaseHeld(
  tx: Tx,
  { tenant, endpointId, choice, by, at }: Order,
): Promise<{ released: number; replayId: ReplayId | null }> {
  const since = sinceOf(choice);
  const rows = await tx.$queryRaw<{ released: number | null }[]>`
    SELECT release_held(${endpointId}::uuid, ${since}::uuid, ${AT_ONCE}::int, NULL) AS released`;
  const released = rows[0]?.released ?? 0;
  if (released < AT_ONCE) return { released, replayId: null };
  const replayId = newId<ReplayId>();
  await tx.replay.create({
    data: {
      id: replayId,
      tenantId: tenant,
      endpointId,
      kind: 'held',
      filter: { since, held: choice.held },
      ratePerMinute: UNLIMITED_PER_MINUTE,
      state: 'running',
      total: await tx.delivery.count({ where: { endpointId, tenantId: tenant, state: 'held' } }),
      totalExact: true,
      createdBy: by.id,
      createdAt: dateOf(at),
      updatedAt: dateOf(at),
    },
  });
  return { released, replayId };
}

/** Ids below this are skipped. A delivery's id tells when it was made. */
function sinceOf(choice: HeldChoice): string | null {
  if (choice.held === 'replay_from') return uuidFloor(choice.from);
  return choice.held === 'skip' ? BEYOND_ALL_IDS : null;
}
