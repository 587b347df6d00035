import type { CrmReply, CrmVerdict } from '../talk/crm-io.js';
import { idIn, textIn } from '../talk/members.js';

const LONGEST_REASON = 300;
const DAILY_WAIT_MS = 15 * 60_000;

/**
 * HubSpot's errors: `{status: "error", category, message, policyName?}`. A value of a unique field that is taken, and a contact
 * that is gone, are both told as an invalid request.
 */
export function judgeHubspot({ status, json }: CrmReply): CrmVerdict | undefined {
  if (status < 400 || status >= 500) return undefined;
  const message = textIn(json, 'message').replaceAll(/\s+/g, ' ');
  const reason = message.slice(0, LONGEST_REASON);
  const category = textIn(json, 'category');
  if (status === 429 || category === 'RATE_LIMITS') {
    const isDaily = textIn(json, 'policyName') === 'DAILY';
    return { kind: 'throttled', waitMs: isDaily ? DAILY_WAIT_MS : null, reason };
  }
  const words = `${message} ${textIn(json, 'subCategory')}`;
  if (status === 409 || /CONFLICTING_UNIQUE_VALUE|already has that value/i.test(words)) {
    const id = /existing (?:object )?id:? ?(\d+)/i.exec(message)?.[1] ?? idIn(json, 'context', 'id', 0);
    return { kind: 'duplicate', id, reason };
  }
  if (status !== 400) return undefined;
  if (/OBJECTS?_NOT_FOUND|INVALID_OBJECT_IDS|objects? .*do(?:es)? not exist/i.test(`${category} ${words}`)) {
    return { kind: 'gone', reason };
  }
  if (/INVALID_PHONE_NUMBER|"(?:name|propertyName)":"phone"/.test(message)) {
    return { kind: 'bad number', reason };
  }
  return { kind: 'refused', reason: reason === '' ? 'HubSpot did not say why' : reason };
}
