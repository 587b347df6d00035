/** How the audit tells of changes to a table of call events. A row's URL may hold a password: only that it changed is told. */
import { isDeepStrictEqual } from 'node:util';
import type { EndpointChange } from '#db';
import type { CallEventRow } from '#formats';

type Told = NonNullable<EndpointChange['told']>;

const NOT_SHOWN = 'not shown';

/** @param before  undefined for a row that is new, as `after` for one that is no more */
export function toldOfRow(
  what: 'added' | 'changed' | 'removed',
  before: CallEventRow | undefined,
  after: CallEventRow | undefined,
): Told {
  const row = before ?? after;
  const members = (Object.keys(row ?? {}) as (keyof CallEventRow)[]).filter(
    (member) => member !== 'eventId' && !isDeepStrictEqual(before?.[member], after?.[member]),
  );
  const changes = Object.fromEntries(
    members.map((member) => [member, { from: shown(before, member), to: shown(after, member) }]),
  );
  const eventId = { from: before?.eventId ?? null, to: after?.eventId ?? null };
  return { action: `endpoint.row_${what}`, changes: { eventId, ...changes } };
}

export function toldOfRows(
  what: 'enabled' | 'disabled' | 'cleared',
  rows: readonly Pick<CallEventRow, 'eventId'>[],
): Told {
  const ids = rows.map(({ eventId }) => eventId);
  return { action: `endpoint.rows_${what}`, changes: { eventIds: { from: null, to: ids } } };
}

function shown(row: CallEventRow | undefined, member: keyof CallEventRow): unknown {
  if (row === undefined) return null;
  return member === 'url' ? NOT_SHOWN : row[member];
}
