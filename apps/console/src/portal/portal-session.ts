import { ask } from '../api/ask';
import { speakWith } from '../api/identity';
import type { PortalTokenOnceDto } from '../api/operations';
import { Problem } from '../api/problem';
import { openPortal } from '../app/portal';
import { nextRenewal } from './next-renewal';
import { tellParent } from './tell-parent';

const MINUTE = 60_000;

let timer: ReturnType<typeof setTimeout> | undefined;
let origins: readonly string[] = [];
let startedAt: number | undefined;
let whenOver: () => Promise<void> = () => Promise.resolve();

/**
 * Trades the code of a link for a token, which is renewed for as long as this page is open.
 *
 * @param over  told when the portal has ended
 * @throws Problem for a code that was used or is too old
 */
export async function openByCode(code: string, over: () => Promise<void>): Promise<PortalTokenOnceDto> {
  const opened = await ask('portalDoor.open', { body: { code } });
  whenOver = over;
  take(opened);
  openPortal(opened);
  return opened;
}

/** Ends the portal for good. */
export async function leavePortal(): Promise<void> {
  await ask('portalSession.end').catch(() => undefined);
  await end();
}

function take(opened: PortalTokenOnceDto): void {
  ({ origins } = opened);
  speakWith(opened.token);
  tellParent(origins, { type: 'session', expiresAt: opened.expiresAt, endsAt: opened.endsAt });
  const { inMs, isLast } = nextRenewal(opened, serverNow(opened.openedAt));
  timer = setTimeout(() => {
    void (isLast ? end() : renew());
  }, inMs);
}

/** Our clock counts, and not that of whoever looks: the server said when the portal was opened, and what passed since is known here. */
function serverNow(openedAt: string | null): number {
  startedAt ??= performance.now();
  return Date.parse(openedAt ?? '') + performance.now() - startedAt;
}

async function renew(): Promise<void> {
  try {
    take(await ask('portalSession.renew'));
  } catch (error) {
    if (error instanceof Problem && [401, 403, 404].includes(error.status)) await end();
    else timer = setTimeout(() => void renew(), MINUTE);
  }
}

async function end(): Promise<void> {
  clearTimeout(timer);
  tellParent(origins, { type: 'ended' });
  // First away from screens that would ask whoever is signed in.
  await whenOver();
  speakWith(undefined);
  openPortal(null);
}
