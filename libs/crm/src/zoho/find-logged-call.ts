import type { CallEntry, CrmRecord } from '../connector.js';
import type { CrmIo } from '../talk/crm-io.js';
import { instant } from '#domain';
import { idIn, listIn, memberOf, textIn } from '../talk/members.js';
import { zohoTime } from './call-fields.js';

const PER_PAGE = 200;
const MOST_PAGES = 10;
/** So much may a PBX's clock be ahead of Zoho's. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

/**
 * The record of a call by the marker in its text, among those that were written since it began, the newest first. A list does
 * not lag as searches do; where there are none, Zoho says so with 204 or 304.
 */
export async function findLoggedCall(
  { marker, startedAt }: Pick<CallEntry, 'marker' | 'startedAt'>,
  io: CrmIo,
): Promise<CrmRecord | null> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { json } = await io.ask({
      method: 'GET',
      path: '/crm/v8/Calls',
      query: {
        fields: 'Description',
        sort_by: 'Created_Time',
        sort_order: 'desc',
        per_page: PER_PAGE,
        page,
      },
      headers: { 'if-modified-since': zohoTime(instant(startedAt - CLOCKS_DIFFER_MS)) },
    });
    const ours = listIn(json, 'data').find((one) => textIn(one, 'Description').includes(marker));
    const id = idIn(ours, 'id');
    if (id !== null) return { id, type: 'Calls' };
    if (memberOf(json, 'info', 'more_records') !== true) return null;
  }
  return null;
}
