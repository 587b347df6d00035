import type { CrmReply, CrmVerdict } from '../talk/crm-io.js';
import { idIn, memberOf, textIn } from '../talk/members.js';

/** Credits are counted over a day, and concurrency at once: Zoho does not say which of them it was in a way to rely on. */
const SLOW_DOWN_MS = 60_000;
const LONGEST_REASON = 300;

const KINDS: Readonly<Record<string, 'throttled' | 'unreachable' | 'unauthorised' | 'refused'>> = {
  TOO_MANY_REQUESTS: 'throttled',
  RATE_LIMIT_EXCEEDED: 'throttled',
  LIMIT_REACHED: 'throttled',
  INTERNAL_ERROR: 'unreachable',
  INTERNAL_SERVER_ERROR: 'unreachable',
  SERVICE_UNAVAILABLE: 'unreachable',
  DEPENDENT_SERVICE_ERROR: 'unreachable',
  RECORD_LOCKED: 'unreachable',
  INVALID_TOKEN: 'unauthorised',
  AUTHENTICATION_FAILURE: 'unauthorised',
  OAUTH_SCOPE_MISMATCH: 'unauthorised',
  INVALID_OAUTHTOKEN: 'unauthorised',
  NO_PERMISSION: 'refused',
  AUTHORIZATION_FAILED: 'refused',
};
const LINKS = new Set(['Who_Id', 'What_Id']);
const PHONES = new Set(['Phone', 'Mobile']);

/** Zoho's errors: `{status: "error", code, message, details}`, as the body, or as a record's own inside a 200, 201 or 207. */
export function judgeZoho({ status, json }: CrmReply): CrmVerdict | undefined {
  // Of a list of what was changed since then: nothing.
  if (status === 304) return { kind: 'good' };
  const record = memberOf(json, 'data', 0);
  const error = textIn(record, 'status') === 'error' ? record : json;
  const code = textIn(error, 'code');
  if (textIn(error, 'status') !== 'error' || code === '') return undefined;
  const field = textIn(error, 'details', 'api_name');
  const words = [code, textIn(error, 'message'), field && `(${field})`].filter((word) => word !== '');
  const reason = words.join(' ').slice(0, LONGEST_REASON);
  if (status === 429) return { kind: 'throttled', waitMs: SLOW_DOWN_MS, reason };
  const kind = KINDS[code];
  if (kind === 'throttled') return { kind, waitMs: SLOW_DOWN_MS, reason };
  if (kind !== undefined) return { kind, reason };
  if (code === 'DUPLICATE_DATA') {
    const id = idIn(error, 'details', 'id') ?? idIn(error, 'details', 'duplicate_record', 'id');
    return { kind: 'duplicate', id, reason };
  }
  if (code === 'INVALID_DATA') return ofInvalid(error, { field, reason });
  return status >= 500 ? { kind: 'unreachable', reason } : { kind: 'refused', reason };
}

/** Which record is meant, and what is wrong with it, stands in the details. */
function ofInvalid(error: unknown, { field, reason }: { field: string; reason: string }): CrmVerdict {
  const path = textIn(error, 'details', 'json_path') || textIn(error, 'details', 'parent_api_name');
  const isLink = LINKS.has(field) || [...LINKS].some((link) => path.includes(link));
  // A record that is named in the path.
  const isPath = field === '' && /\bid\b/i.test(reason);
  if (isLink || isPath) return { kind: 'gone', reason };
  return PHONES.has(field) ? { kind: 'bad number', reason } : { kind: 'refused', reason };
}
