import type { GivenSettings, PhoneSettings } from './phone-settings';

/** Credentials of relays are good for half a day. */
export const RELAYS_ASKED_AGAIN_MS = 4 * 3_600_000;
const TRIED_AGAIN_MS = 5 * 60_000;
/** Timers sleep where the computer does: the clock is looked at instead. */
const LOOKED_EVERY_MS = 60_000;

export interface KeepRelaysParts {
  /** Undefined where nobody is signed in any more. */
  ask: () => Promise<GivenSettings | undefined>;
  use: (iceServers: PhoneSettings['iceServers']) => void;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Asks for new credentials of relays before those that there are run out. @returns ends it */
export function keepRelays({ ask, use, now }: KeepRelaysParts): () => void {
  let isOver = false;
  let due = now() + RELAYS_ASKED_AGAIN_MS;
  const renew = async (): Promise<void> => {
    due = now() + TRIED_AGAIN_MS;
    const own = await ask().catch(() => undefined);
    if (isOver || !Array.isArray(own?.iceServers)) return;
    due = now() + RELAYS_ASKED_AGAIN_MS;
    use(own.iceServers as RTCIceServer[]);
  };
  const timer = setInterval(() => {
    if (now() >= due) void renew();
  }, LOOKED_EVERY_MS);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
