import type { CrmReply, CrmVerdict } from '../talk/crm-io.js';
import { memberOf, textIn } from '../talk/members.js';

const LONGEST_REASON = 300;

/** Zendesk's errors: `{error: "RecordInvalid", description, details: {field: [{error, description}]}}` with 422. */
export function judgeZendesk({ status, json }: CrmReply): CrmVerdict | undefined {
  if (status !== 422) return undefined;
  const details = memberOf(json, 'details');
  const said = new Map(
    Object.entries(typeof details === 'object' && details !== null ? details : {}).map(([field, list]) => [
      field,
      { error: textIn(list, 0, 'error'), description: textIn(list, 0, 'description') },
    ]),
  );
  const words = [textIn(json, 'description'), ...[...said.values()].map(({ description }) => description)];
  const reason = words
    .filter((word) => word !== '')
    .join(' ')
    .slice(0, LONGEST_REASON);
  const phone = said.get('phone') ?? said.get('phone_number');
  if (phone?.error === 'DuplicateValue') return { kind: 'duplicate', id: null, reason };
  if (phone !== undefined) return { kind: 'bad number', reason };
  if (said.has('requester') || said.has('requester_id')) return { kind: 'gone', reason };
  return { kind: 'refused', reason: reason === '' ? 'Zendesk did not say why' : reason };
}
