/** What the page around a portal is told. */
export type PortalMessage =
  | { type: 'session'; expiresAt: string; endsAt: string }
  | { type: 'height'; height: number }
  | { type: 'ended' };

/** Tells the page around this one, and only if it is one that the tenant named. */
export function tellParent(origins: readonly string[], message: PortalMessage): void {
  if (parent === window) return;
  for (const origin of origins) parent.postMessage({ source: 'switchhook', ...message }, origin);
}
