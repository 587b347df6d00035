import { useSyncExternalStore } from 'react';
import type { PortalStandingDto } from '../api/operations';

/** What a page shows that was opened by the link of a portal. */
export type Portal = Pick<
  PortalStandingDto,
  'tenantId' | 'areas' | 'readOnly' | 'agentId' | 'look' | 'origins' | 'endsAt'
>;

/** Its address stays what it is: the page in the frame is another one than the address says. */
export const IS_PORTAL_PAGE = location.pathname === '/portal';

let portal: Portal | null = null;
const listeners = new Set<() => void>();

export function openPortal(next: Portal | null): void {
  portal = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The portal that this page is; null in the console of who is signed in. */
export function usePortal(): Portal | null {
  return useSyncExternalStore(listen, () => portal);
}
