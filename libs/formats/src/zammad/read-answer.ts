/**
 * What Zammad's answers say beyond their status. Its errors come as `{"error": "..."}`: with 422, and with 500 for whatever
 * its code raises, which is also how it says that it has a call already, or has none.
 */
import { type RefusalVerdict, type ReplyVerdict, isRecord } from '#domain';
import type { GivenReply } from '../format.js';
import type { CtiEvent } from './cti-events.js';

const LONGEST_REASON = 300;
const OPENS: CtiEvent = 'newCall';

/** What Zammad answers asks a PBX to act (reject, another caller id), which is no refusal; an `error` is one. */
export function readReply({ body }: GivenReply, key: string): ReplyVerdict {
  const error = errorIn(body);
  if (error === '') return { ok: true };
  const verdict = verdictOn(error, key);
  if (verdict?.kind === 'known') return { ok: true };
  return { ok: false, reason: error, ...(verdict?.kind === 'final' && { final: true }) };
}

export function readRefusal({ body }: GivenReply, key: string): RefusalVerdict | undefined {
  return verdictOn(errorIn(body), key);
}

/** It opened the call, and its answer to that got lost; or it has no such call, and will have none. */
function verdictOn(error: string, key: string): RefusalVerdict | undefined {
  if (key === OPENS) return /already exists/i.test(error) ? { kind: 'known' } : undefined;
  return /no such call/i.test(error) ? { kind: 'final', reason: error } : undefined;
}

/** Empty for none. */
function errorIn(body: string): string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return '';
  }
  const error = isRecord(value) ? value['error'] : undefined;
  return typeof error === 'string' ? error.slice(0, LONGEST_REASON) : '';
}
