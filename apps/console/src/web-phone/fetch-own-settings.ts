import type { GivenSettings } from './phone-settings';

/** Asks a server of ours for the phone of whoever is signed in there. Undefined where nobody is, or has none. @param origin  of the server */
export async function fetchOwnSettings(origin: string): Promise<GivenSettings | undefined> {
  const answer = await fetch(`${origin}/v1/me/phone`, {
    credentials: 'include',
    headers: { accept: 'application/json' },
  });
  return answer.ok ? ((await answer.json()) as GivenSettings) : undefined;
}
