import type { AgentStanding } from '../ask/ask.js';
import type { DeviceState } from '../live/feed-now.js';
import { instant, type Instant } from '../ids.js';
import type { PacingAgent } from '../pacing/pacing.js';
import type { AgentPresence } from './campaign.js';

/** A member of a campaign, as the database shows it. */
export interface MemberSeen {
  /** The PBX's word of the phone. */
  extension: string;
  /** What the agent of that phone said; null where nothing was said. */
  standing: AgentStanding | null;
  /** Since when it stands so. */
  since: Instant | null;
  /** Whether the phone is registered, as far as the PBX tells. */
  device: DeviceState;
  /** When the call that goes on at the phone, or an order of ours that rings it, began; null for none. */
  busySince: Instant | null;
  /** When the last call at it was over. */
  lastEndedAt: Instant | null;
}

export interface CampaignAgent extends PacingAgent {
  extension: string;
}

/** The members that are there, each with what they do; who is away, pauses or has no phone that works is left out. */
export function agentsOfCampaign(
  members: readonly MemberSeen[],
  { presence, wrapSeconds, now }: { presence: AgentPresence; wrapSeconds: number; now: Instant },
): CampaignAgent[] {
  return members.flatMap(
    ({ extension, standing, since, device, busySince, lastEndedAt }): CampaignAgent[] => {
      // Who talks is there, whatever they said before.
      if (busySince !== null) return [{ extension, state: 'busy', since: busySince }];
      const isThere = standing === null ? presence === 'always' : standing === 'available';
      // A phone that is not registered cannot ring: whoever is called for it would hear nobody.
      if (!isThere || device === 'unreachable') return [];
      if (lastEndedAt !== null && lastEndedAt + wrapSeconds * 1_000 > now) {
        return [{ extension, state: 'wrap', since: lastEndedAt }];
      }
      const idleSince = Math.max(since ?? 0, (lastEndedAt ?? 0) + wrapSeconds * 1_000);
      return [{ extension, state: 'idle', since: instant(Math.min(idleSince, now)) }];
    },
  );
}
