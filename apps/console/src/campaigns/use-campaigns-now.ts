import { useState } from 'react';
import type { CampaignDto } from '../api/operations';
import type { LiveEvent } from '../live/live-connection';
import { useLive } from '../live/use-live';

/** What the live channel says of a campaign; what is null the dialer has not looked at yet. */
export interface CampaignNow {
  id: string;
  state: CampaignDto['state'];
  rule: string | null;
  why: string | null;
  agents: { members: number; free: number; busy: number } | null;
  calls: { dialling: number; talking: number; waiting: number } | null;
  pace: { placed: number; wanted: number } | null;
  drained: boolean;
  /** Counted up to 10,000. */
  waiting: number;
  lastDay: { dials: number; answers: number; served: number; drops: number; abandonedShare: number | null };
}

/** Up to here leads that wait are counted. */
export const MOST_WAITING = 10_000;

/**
 * What campaigns do now, by their ids.
 *
 * @param room  `campaigns` or `campaign:ID`
 * @param changed  told after each change
 */
export function useCampaignsNow(
  tenant: string,
  room: string,
  changed?: () => void,
): ReadonlyMap<string, CampaignNow> {
  const [known, know] = useState<ReadonlyMap<string, CampaignNow>>(new Map());
  const take = (events: readonly LiveEvent[], isBegin: boolean): void => {
    const news = events.filter(({ topic }) => topic === 'campaign') as unknown as CampaignNow[];
    if (news.length === 0) return;
    // Two changes may come before anything is drawn.
    know((before) => new Map([...(isBegin ? [] : before), ...news.map((one) => [one.id, one] as const)]));
    changed?.();
  };
  useLive(
    { tenant },
    {
      rooms: [room],
      begin: (events) => {
        take(events, true);
      },
      change: (events) => {
        take(events, false);
      },
    },
  );
  return known;
}
