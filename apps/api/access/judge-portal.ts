import { AppError, PORTAL_RIGHTS, type PortalArea, type Right } from '#domain';
import type { PortalRecord } from '#db';
import type { Tag } from '../docs/tags.js';
import type { Scope } from './scopes.js';

/** The chapters of the API that each area of a portal is about. What stands in none is in no portal. */
const CHAPTERS: Readonly<Record<PortalArea, readonly Tag[]>> = {
  endpoints: ['Endpoints', 'Event types'],
  deliveries: ['Deliveries', 'Replays'],
  calls: ['Calls', 'Recordings'],
  connections: ['Connections', 'Dialects', 'Receipts'],
  contacts: ['Contacts'],
  agent: ['Me', 'Contacts'],
};
/** Who only reads never sees what they could set up: some of it opens doors. */
const READING: ReadonlySet<Right> = new Set(['own', 'look_up', 'see']);

export interface PortalRoute {
  scope: Scope;
  right: Right | undefined;
  tag: Tag | undefined;
}

/** @returns why the holder of a portal may not use a route, or undefined when they may */
export function judgePortal(
  { areas, readOnly }: Pick<PortalRecord, 'areas' | 'readOnly'>,
  { scope, right, tag }: PortalRoute,
): AppError | undefined {
  if (right === undefined || tag === undefined) return notIn(areas);
  // Its own session, whatever it is for.
  if (tag === 'Portals') return right === 'own' ? undefined : notIn(areas);
  const isIn = areas.some((area) => CHAPTERS[area].includes(tag) && PORTAL_RIGHTS[area].includes(right));
  if (!isIn) return notIn(areas);
  return readOnly && (scope !== 'read' || !READING.has(right)) ? onlyReads() : undefined;
}

function notIn(areas: readonly PortalArea[]): AppError {
  const message = `This portal is for ${areas.join(', ')}, and not for this.`;
  return new AppError('rejected', 'portal.not_for_this', message, { status: 403, details: { areas } });
}

function onlyReads(): AppError {
  return new AppError('rejected', 'portal.read_only', 'This portal only shows, and changes nothing.', {
    status: 403,
  });
}
