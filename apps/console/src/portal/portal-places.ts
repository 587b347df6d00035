import type { PortalStandingDto } from '../api/operations';
import type { Texts } from '../texts/en';

type Area = PortalStandingDto['areas'][number];

/** Screens of each area, in the order in which they are shown. */
const PLACES_OF = {
  agent: [{ to: '/agent', label: 'agent' }],
  calls: [{ to: '/t/$tenant/calls', label: 'calls' }],
  endpoints: [{ to: '/t/$tenant/endpoints', label: 'endpoints' }],
  deliveries: [
    { to: '/t/$tenant/deliveries', label: 'deliveries' },
    { to: '/t/$tenant/replays', label: 'replays' },
  ],
  connections: [{ to: '/t/$tenant/connections', label: 'connections' }],
  contacts: [{ to: '/t/$tenant/contacts', label: 'contacts' }],
} as const satisfies Record<Area, readonly { to: string; label: keyof Texts['places'] | 'agent' }[]>;

export type PortalPlace = (typeof PLACES_OF)[Area][number];

/** The screens that a portal shows; the first is where it begins. */
export function portalPlaces(areas: readonly Area[]): PortalPlace[] {
  return (Object.keys(PLACES_OF) as Area[])
    .filter((area) => areas.includes(area))
    .flatMap((area): readonly PortalPlace[] => PLACES_OF[area]);
}
