import type { CrmReply, CrmVerdict } from '../talk/crm-io.js';
import { listIn, textIn } from '../talk/members.js';

/** The limit is one of requests in 24 hours, and gives way bit by bit. */
const REQUEST_LIMIT_WAIT_MS = 5 * 60_000;
const LONGEST_REASON = 300;

const SLOW_DOWN = new Set(['REQUEST_LIMIT_EXCEEDED', 'CONCURRENT_API_REQUEST_LIMIT_EXCEEDED']);
const ILL = new Set(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'QUERY_TIMEOUT', 'UNKNOWN_EXCEPTION']);
const NOT_US = new Set(['INVALID_SESSION_ID', 'INVALID_AUTH_HEADER', 'API_DISABLED_FOR_ORG']);
const GONE = new Set(['ENTITY_IS_DELETED', 'NOT_FOUND']);
/** Of a reference: it is gone where it is the contact's, and the tenant's to mend where it is an owner's. */
const REFERENCE = new Set(['INVALID_CROSS_REFERENCE_KEY', 'MALFORMED_ID']);
const PHONE_FIELDS = new Set(['Phone', 'MobilePhone']);

/** Salesforce's errors: `[{errorCode, message, fields}]`, with statuses that say little. */
export function judgeSalesforce({ status, json }: CrmReply): CrmVerdict | undefined {
  if (status < 400) return undefined;
  const [error] = Array.isArray(json) ? (json as unknown[]) : [];
  const code = textIn(error, 'errorCode');
  if (code === '') return undefined;
  const message = textIn(error, 'message').replaceAll(/\s+/g, ' ');
  const reason = `${code}: ${message}`.slice(0, LONGEST_REASON);
  const fields = listIn(error, 'fields');
  if (SLOW_DOWN.has(code)) return { kind: 'throttled', waitMs: REQUEST_LIMIT_WAIT_MS, reason };
  if (ILL.has(code)) return { kind: 'unreachable', reason };
  if (NOT_US.has(code)) return { kind: 'unauthorised', reason };
  if (code === 'DUPLICATE_VALUE') {
    return { kind: 'duplicate', id: /record with id: (\w{15,18})/.exec(message)?.[1] ?? null, reason };
  }
  if (code === 'DUPLICATES_DETECTED') return { kind: 'duplicate', id: twinIn(error), reason };
  const isOwners = fields.includes('OwnerId') || /owner/i.test(message);
  if (GONE.has(code) || (REFERENCE.has(code) && !isOwners)) return { kind: 'gone', reason };
  if (fields.length > 0 && fields.every((field) => PHONE_FIELDS.has(String(field)))) {
    return { kind: 'bad number', reason };
  }
  return status >= 500 ? { kind: 'unreachable', reason } : { kind: 'refused', reason };
}

/** What a duplicate rule found. The member is misspelled by Salesforce. */
function twinIn(error: unknown): string | null {
  const path = ['matchResults', 0, 'matchRecords', 0, 'record', 'Id'] as const;
  return textIn(error, 'duplicateResut', ...path) || textIn(error, 'duplicateResult', ...path) || null;
}
