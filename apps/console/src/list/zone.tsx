import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ownZone } from './zoned-time';

/** Whose clock times are shown by. */
export const ZONE_CHOICES = ['tenant', 'utc', 'own'] as const;
export type ZoneChoice = (typeof ZONE_CHOICES)[number];

interface Zone {
  choice: ZoneChoice;
  choose: (choice: ZoneChoice) => void;
  /** Its IANA name. */
  zone: string;
}

const KEPT = 'switchhook.zone';
const Context = createContext<Zone>({ choice: 'own', choose: () => undefined, zone: ownZone() });

/** Times below it are in the zone of a tenant, which is that of its PBX, until somebody wants another. */
export function ZoneProvider({
  tenant,
  children,
}: {
  tenant: string | undefined;
  children: ReactNode;
}): ReactNode {
  const [choice, setChoice] = useState(kept);
  const { data: theirs } = useQuery({
    queryKey: ['connections', tenant, 'zone'],
    queryFn: ({ signal }) => ask('connections.list', { query: { limit: 1 }, tenant, signal }),
    select: ({ data }) => data[0]?.timeZone,
    enabled: tenant !== undefined && choice === 'tenant',
    staleTime: Infinity,
    // Whoever may not see connections has times of their own.
    retry: false,
  });
  const zone = choice === 'utc' ? 'UTC' : choice === 'tenant' ? (theirs ?? ownZone()) : ownZone();
  const value = useMemo(
    () => ({
      choice,
      zone,
      choose: (next: ZoneChoice) => {
        localStorage.setItem(KEPT, next);
        setChoice(next);
      },
    }),
    [choice, zone],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useZone(): Zone {
  return useContext(Context);
}

function kept(): ZoneChoice {
  const text = localStorage.getItem(KEPT);
  return ZONE_CHOICES.find((one) => one === text) ?? 'tenant';
}
