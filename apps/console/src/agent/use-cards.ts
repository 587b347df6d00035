import { useQueryClient } from '@tanstack/react-query';
import { useReducer, useRef, useState } from 'react';
import { useLive } from '../live/use-live';
import { cardsAfter, type CardNews, type Cards } from './cards';
import { popupsOf, saidIn, type Said } from './popup';
import { useOtherTabs } from './use-other-tabs';
import type { Self } from './use-self';

export interface Screen {
  cards: Cards;
  connected: boolean;
  /** What the agent said of themselves; null for nothing yet. */
  said: Said | null;
  choose: (news: Extract<CardNews, { kind: 'choose' }>) => void;
  putAway: (call: string) => void;
  /** Something was written about a call. */
  noted: () => void;
}

/** A note is written a moment after it was taken. */
const WRITTEN_MS = 2_000;

/**
 * The calls on the agent's screen, as the server tells of them.
 *
 * What is put away or chosen in one tab is so in all of them. A tab that hears the server believes it; one that does not just now
 * believes the other tabs.
 */
export function useCards({ tenant, agent }: Self): Screen {
  const [cards, hear] = useReducer(cardsAfter, []);
  const askAnew = useAskAnew(tenant);
  const noted = (): void => {
    setTimeout(askAnew, WRITTEN_MS);
  };
  const hears = useRef(false);
  const others = useOtherTabs<CardNews | { kind: 'noted' }>(agent, (news) => {
    if (news.kind === 'noted') noted();
    else if (news.kind === 'putAway' || news.kind === 'choose' || !hears.current) hear(news);
  });
  const both = (news: CardNews): void => {
    hear(news);
    others(news);
  };
  const { said, connected } = useHeard({ tenant, agent }, both, hears);
  return {
    cards,
    connected,
    said,
    choose: both,
    putAway: (call) => {
      both({ kind: 'putAway', call });
    },
    noted: () => {
      noted();
      others({ kind: 'noted' });
    },
  };
}

function useAskAnew(tenant: string): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ['agent', tenant] });
}

/** @param hears  set to whether this tab hears the server */
function useHeard(
  { tenant, agent }: Pick<Self, 'tenant' | 'agent'>,
  tell: (news: CardNews) => void,
  hears: { current: boolean },
): Pick<Screen, 'said' | 'connected'> {
  const [said, setSaid] = useState<Said | null>(null);
  const [connected, setConnected] = useState(false);
  const askAnew = useAskAnew(tenant);
  useLive(
    { tenant },
    {
      rooms: [`agent:${agent}`],
      begin: (events) => {
        tell({ kind: 'begin', popups: popupsOf(events, agent) });
        setSaid(saidIn(events, agent) ?? null);
        askAnew();
      },
      change: (events) => {
        const popups = popupsOf(events, agent);
        if (popups.length > 0) tell({ kind: 'popup', popups });
        const told = saidIn(events, agent);
        if (told !== undefined) setSaid(told);
        askAnew();
      },
      connected: (up) => {
        hears.current = up;
        setConnected(up);
      },
    },
  );
  return { said, connected };
}
