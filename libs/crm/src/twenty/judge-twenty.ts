import type { CrmReply, CrmRequest, CrmVerdict } from '../talk/crm-io.js';
import { textIn } from '../talk/members.js';

const LONGEST_REASON = 300;

/** Twenty's errors: `{statusCode, error, messages}`, of which only the messages say more than the status. */
export function judgeTwenty({ status, json }: CrmReply, request: CrmRequest): CrmVerdict | undefined {
  if (status < 400 || status >= 500) return undefined;
  const said = textIn(json, 'messages', 0) || textIn(json, 'error');
  const reason = said.replaceAll(/\s+/g, ' ').slice(0, LONGEST_REASON);
  // Older servers have the status 400 for both.
  if (/limit reached|too many requests/i.test(reason)) return { kind: 'throttled', waitMs: null, reason };
  // Notes and tasks name no person; what puts them on one does.
  const isOfRecord = request.makes !== true || request.path.endsWith('Targets');
  if (isOfRecord && /not found/i.test(reason)) return { kind: 'gone', reason };
  if (/duplicate entry/i.test(reason)) return { kind: 'duplicate', id: null, reason };
  const isOfPerson = request.method === 'POST' && request.path === '/rest/people';
  if (isOfPerson && /phone|calling code|country code/i.test(reason)) return { kind: 'bad number', reason };
  // The key is good; its role may not.
  if (status === 403)
    return { kind: 'refused', reason: reason === '' ? 'The key’s role may not do this' : reason };
  return status === 400 || status === 422 ? { kind: 'refused', reason } : undefined;
}
