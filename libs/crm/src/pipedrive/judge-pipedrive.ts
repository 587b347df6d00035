import type { CrmReply, CrmVerdict } from '../talk/crm-io.js';
import { textIn } from '../talk/members.js';

const LONGEST_REASON = 300;

/** Pipedrive's errors: `{success: false, error, error_info}`. Its limits tell in a header when they are over. */
export function judgePipedrive({ status, headers, json }: CrmReply): CrmVerdict | undefined {
  if (status < 400 || status >= 500) return undefined;
  const words = [textIn(json, 'error'), textIn(json, 'error_info')].filter((word) => word !== '').join(' ');
  const reason = words.slice(0, LONGEST_REASON);
  if (status === 429) {
    const seconds = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
    return { kind: 'throttled', waitMs: seconds > 0 ? Math.ceil(seconds * 1000) : null, reason };
  }
  // Whose right is missing is the tenant's to see; only a scope is a matter of the connection.
  if (status === 403) return { kind: /scope/i.test(words) ? 'unauthorised' : 'refused', reason };
  if ((status === 400 || status === 404) && /person\b.*(?:not found|does not exist|deleted)/i.test(words)) {
    return { kind: 'gone', reason };
  }
  if (status === 400 && /phone/i.test(words)) return { kind: 'bad number', reason };
  return undefined;
}
