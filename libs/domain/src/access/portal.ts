import type { Right } from './role.js';

const MINUTE_MS = 60_000;

/** What a portal can be for. `agent` is one agent's own: their calls, their screen, and contacts to look up. */
export const PORTAL_AREAS = ['endpoints', 'deliveries', 'calls', 'connections', 'contacts', 'agent'] as const;
export type PortalArea = (typeof PORTAL_AREAS)[number];

/** The code of a link works once, and for so long. */
export const PORTAL_CODE_MS = 10 * MINUTE_MS;
/** A token is renewed while the page is open. */
export const PORTAL_TOKEN_MS = 15 * MINUTE_MS;
/** However often it is renewed. */
export const PORTAL_MOST_MINUTES = 480;

/**
 * What the holder of a portal may in each area. Nothing of the tenant's keys, people and audit is in any; who sets up endpoints or
 * connections sees what belongs to those alone.
 */
export const PORTAL_RIGHTS: Readonly<Record<PortalArea, readonly Right[]>> = {
  endpoints: ['see', 'handle', 'manage'],
  deliveries: ['see', 'handle'],
  calls: ['see', 'handle'],
  connections: ['see', 'handle', 'manage'],
  contacts: ['look_up', 'see', 'handle'],
  agent: ['own', 'look_up'],
};
