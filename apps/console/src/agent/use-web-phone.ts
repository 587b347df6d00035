import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ask } from '../api/ask';
import { RELAYS_ASKED_AGAIN_MS } from '../web-phone/keep-relays';
import { readPhoneSettings, type PhoneSettings } from '../web-phone/phone-settings';
import type { WebPhone } from '../web-phone/web-phone';
import { reloadIfForbidden } from './reload-if-forbidden';
import { SharedPhone, type SharedNews, type SharedState } from './shared-phone';
import type { OwnPhone } from './use-dial';
import { useOtherTabs } from './use-other-tabs';
import type { Self } from './use-self';

export interface AgentPhone extends SharedState {
  order: SharedPhone['order'];
  takeHere: () => void;
}

const never = () => () => undefined;
const nothing = (): null => null;
const load = async (): Promise<WebPhone> => (await import('../web-phone/open-phone')).openPhone();

/**
 * The phone in the page of an agent whose extension has one; null for all others, and until it is loaded.
 *
 * @param own  the extension; another one is another phone
 */
export function useWebPhone(
  { tenant, agent }: Self,
  own: OwnPhone | undefined,
  open: () => Promise<WebPhone> = load,
): AgentPhone | null {
  const given = useSettings(tenant, own);
  const [shared, setShared] = useState<SharedPhone | null>(null);
  const tell = useOtherTabs<SharedNews>(`${agent}.phone`, (news) => shared?.hear(news));
  const account = given && [given.user, given.password, given.wsUrl, given.domain, given.idHeader].join('\n');
  useEffect(() => {
    if (given === undefined) return undefined;
    let isOver = false;
    let made: SharedPhone | undefined;
    const stopLooking = reloadIfForbidden(given.wsUrl);
    void open().then((phone) => {
      if (isOver) return;
      made = new SharedPhone(phone, tell);
      made.start(given);
      setShared(made);
    });
    return () => {
      isOver = true;
      stopLooking();
      made?.stop();
      setShared(null);
    };
    // New credentials of relays are no reason to register anew.
  }, [account, tell]);
  useEffect(() => {
    if (given !== undefined) shared?.useIceServers(given.iceServers);
  }, [given, shared]);
  const state = useSyncExternalStore(shared?.watch ?? never, shared?.state ?? nothing);
  if (state === null || shared === null) return null;
  return {
    ...state,
    order: (order) => {
      shared.order(order);
    },
    takeHere: () => {
      shared.takeHere();
    },
  };
}

/** What the server says to register with; undefined until it does. */
function useSettings(tenant: string, own: OwnPhone | undefined): PhoneSettings | undefined {
  const { connectionId, extension } = own ?? {};
  const { data } = useQuery({
    queryKey: ['web-phone', tenant, connectionId, extension],
    queryFn: async ({ signal }) => {
      const answer = await ask('ownPhone.get', { query: { connectionId, extension }, tenant, signal });
      const settings = readPhoneSettings(answer);
      if (typeof settings === 'string') throw new Error(settings);
      return settings;
    },
    enabled: own?.hasWebPhone === true,
    staleTime: RELAYS_ASKED_AGAIN_MS,
    refetchInterval: RELAYS_ASKED_AGAIN_MS,
    // A password: it is gone with the page.
    gcTime: 0,
  });
  return data;
}
