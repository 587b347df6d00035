import {
  campaignToldOf,
  instant,
  readPacingMemory,
  type Call,
  type CampaignTelling,
  type Instant,
  type MemberSeen,
  type OrderId,
  type PacingMemory,
  type PacingNews,
} from '#domain';
import type { DialerMember } from '#db';

/** What the dialer remembers of a campaign between two looks, as `campaign.pacing` keeps it. */
export interface CampaignMemory {
  pacing: PacingMemory;
  /** By the members' phones: since when the one call has been there, or when the last one ended. Epoch milliseconds. */
  phones: Readonly<Record<string, PhoneMemory>>;
  /** Attempts that go on and of whose answer the pacing has been told. */
  answered: readonly OrderId[];
  /** What endpoints were told of it last. */
  told: CampaignTelling;
}

interface PhoneMemory {
  busySince: Instant | null;
  endedAt: Instant | null;
}

/** Whatever is malformed is forgotten. */
export function memoryOf(kept: unknown): CampaignMemory {
  const known = (typeof kept === 'object' && kept !== null ? kept : {}) as Partial<CampaignMemory>;
  return {
    pacing: readPacingMemory(known.pacing),
    phones: typeof known.phones === 'object' ? known.phones : {},
    answered: Array.isArray(known.answered) ? known.answered : [],
    told: campaignToldOf(known.told),
  };
}

/** What a look saw of the members' phones. */
export interface PhonesSeen {
  members: MemberSeen[];
  phones: CampaignMemory['phones'];
  /** Agents who became free. */
  news: PacingNews[];
}

/**
 * Which members are busy, by their calls, by what was ordered for them and by what their PBX tells itself; and who has become free since the last look, after how
 * long.
 */
export function watchPhones(
  before: CampaignMemory['phones'],
  members: readonly DialerMember[],
  calls: readonly Call[],
  { now, wrapSeconds }: { now: Instant; wrapSeconds: number },
): PhonesSeen {
  const news: PacingNews[] = [];
  const phones: Record<string, PhoneMemory> = {};
  const seen = members.map(({ extension, names, standing, since, orderedAt, fedAt, device }): MemberSeen => {
    const own = calls.filter((call) => call.extension !== null && names.includes(call.extension));
    const begun = own.flatMap((call) =>
      call.state === 'ended' ? [] : (call.answeredAt ?? call.startedAt ?? now),
    );
    const others = [orderedAt, fedAt].filter((at) => at !== null);
    const busySince = least([...begun, ...others]);
    const was = before[extension];
    let endedAt = was?.endedAt ?? null;
    if (busySince === null && was?.busySince != null) {
      const wrapMs = wrapSeconds * 1_000;
      endedAt = lastEnd(own) ?? now;
      news.push({ kind: 'handled', ms: Math.max(0, endedAt - was.busySince) + wrapMs, wrapMs });
    }
    if (busySince !== null || endedAt !== null) phones[extension] = { busySince, endedAt };
    return { extension, standing, since, device, busySince, lastEndedAt: endedAt };
  });
  return { members: seen, phones, news };
}

function lastEnd(calls: readonly Call[]): Instant | null {
  const ends = calls.flatMap(({ endedAt }) => endedAt ?? []);
  return ends.length === 0 ? null : instant(Math.max(...ends));
}

function least(times: readonly Instant[]): Instant | null {
  return times.length === 0 ? null : instant(Math.min(...times));
}
