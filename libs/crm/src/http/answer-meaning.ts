/** What the tenant's rules say of an answer. The first that fits counts. */
import type { CrmReply, CrmVerdict } from '../talk/crm-io.js';
import type { AnswerRule } from './http-settings.js';
import { textAt, valuesAt } from './values-at.js';

const LONGEST_REASON = 300;

/** Undefined where none fits: HTTP's own meaning counts. */
export function answerMeaning(
  { status, json }: Pick<CrmReply, 'status' | 'json'>,
  rules: readonly AnswerRule[],
): CrmVerdict | undefined {
  const rule = rules.find((one) => fits(one, status, json));
  if (rule === undefined) return undefined;
  const reason = (textAt(json, rule.reason) ?? '').slice(0, LONGEST_REASON);
  switch (rule.means) {
    case 'good':
      return { kind: 'good' };
    case 'duplicate':
      return { kind: 'duplicate', id: textAt(json, rule.id), reason };
    case 'throttled':
      return { kind: 'throttled', waitMs: null, reason };
    default:
      return { kind: rule.means, reason };
  }
}

function fits({ status, path, is, absent }: AnswerRule, answered: number, json: unknown): boolean {
  if (status.length > 0 && !status.includes(answered)) return false;
  if (path === '') return true;
  const values = valuesAt(json, path).filter((one) => one !== null && one !== undefined);
  if (absent) return values.length === 0;
  return is.length === 0 ? values.length > 0 : values.some((one) => is.includes(one as string));
}
