import type { CallEntry, CrmContact, CrmRecord } from '../connector.js';
import type { CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, memberOf, textIn } from '../talk/members.js';

const PER_PAGE = 500;
const MOST_PAGES = 4;
/** So much may a PBX's clock be ahead of Pipedrive's. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

/**
 * The activity of a call's log, by the marker in its note, among those that were changed since the call began: the newest come
 * first, and lists do not lag. Call logs themselves are listed for their owner only.
 */
export async function findActivity(
  { marker, startedAt }: CallEntry,
  _contact: CrmContact | null,
  io: CrmIo,
): Promise<CrmRecord | null> {
  const since = new Date(startedAt - CLOCKS_DIFFER_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query: Record<string, string | number | null> = {
      updated_since: since,
      sort_by: 'update_time',
      sort_direction: 'desc',
      limit: PER_PAGE,
      cursor,
    };
    const { json } = await io.ask({ method: 'GET', path: '/api/v2/activities', query });
    // A task to call back has the marker as well, and is not done.
    const ours = listIn(json, 'data').find(
      (one) => textIn(one, 'note').includes(marker) && memberOf(one, 'done') !== false,
    );
    const id = idIn(ours, 'id');
    if (id !== null) return { id, type: 'activity' };
    cursor = idIn(json, 'additional_data', 'next_cursor');
    if (cursor === null) return null;
  }
  return null;
}
