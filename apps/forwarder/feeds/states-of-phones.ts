import { standingOfStatus, type AgentEntry, type AgentId, type Instant, type People } from '#domain';
import type { SaidByPbx } from '#db';
import type { FeedPhone } from '#pbx';

/** Who sits at a phone, or whose it is, and the directory's word for it. */
export interface Claim {
  agent: AgentEntry;
  phone: FeedPhone;
  extension: string | null;
}

/**
 * What follows from all phones of a PBX for the tenant's agents. Whoever is logged in at a phone is meant by what it says; where nobody
 * is, whose phone it is, but only while that one is logged in at no other. Of several phones the one that changed last counts, and of
 * those the first in the list. Phones of a PBX that says nothing of agents say nothing here.
 *
 * @param now  for what has no time, or one that is yet to come
 */
export function statesOfPhones(
  phones: Iterable<FeedPhone>,
  people: People,
  now: Instant,
): Map<AgentId, SaidByPbx> {
  const best = new Map<AgentId, Claim & { status: number }>();
  for (const phone of phones) {
    const { status } = phone;
    const claim = status === null ? undefined : claimOf(phone, people);
    if (claim === undefined || status === null) continue;
    const known = best.get(claim.agent.id);
    if (known === undefined || isBetter(phone, known.phone)) best.set(claim.agent.id, { ...claim, status });
  }
  return new Map(
    [...best].map(([agentId, { phone, status, extension }]) => {
      const since = phone.since === null || phone.since > now ? now : phone.since;
      return [agentId, { agentId, standing: standingOfStatus(status), status, extension, since }];
    }),
  );
}

/** Undefined where nobody whom we know has to do with the phone. */
export function claimOf(phone: FeedPhone, people: People): Claim | undefined {
  const { words, agent } = phone;
  const entry = words.map((word) => people.extension(word)).find((found) => found !== undefined);
  const named =
    agent &&
    ([agent.code, agent.name].map((word) => word && people.agentNamed(word)).find(Boolean) || undefined);
  const owner = entry?.agentId == null ? undefined : people.agentOfId(entry.agentId);
  const who = named ?? owner;
  return who && { agent: who, phone, extension: entry?.number ?? words[0] ?? null };
}

function isBetter(one: FeedPhone, other: FeedPhone): boolean {
  if ((one.agent === null) !== (other.agent === null)) return one.agent !== null;
  return (one.since ?? 0) > (other.since ?? 0);
}
