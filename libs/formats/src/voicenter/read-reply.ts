import { readResponse } from '#dialects';
import type { ReplyVerdict } from '#domain';
import type { GivenReply } from '../format.js';
import { isRecord } from '../settings/settings-reader.js';

const OK: ReplyVerdict = { ok: true };
const MAX_WORDS = 300;

/**
 * The answer to a CDR notification (seed section 4, "CDR response parameters"): `err` 0 OK, 1 parse error, 2 application
 * error, as a number or as text, in any case, in JSON or XML-RPC whichever was asked for. An answer that states no `err` is
 * taken for yes, as its status said so: CRMs that answer a notification with nothing or a plain `OK` are older than we are.
 *
 * @param mustBeXmlRpc  XML-RPC was spoken: there only a response says that the method was called
 */
export function readCdrReply({ body }: Pick<GivenReply, 'body'>, mustBeXmlRpc: boolean): ReplyVerdict {
  const text = body.replace(/^\ufeff/, '').trim();
  if (/<methodResponse\b/i.test(text)) {
    const response = readResponse(text);
    if (response.ok) return errIn(response.value);
    return 'fault' in response ? refused(`fault ${response.fault.code}`, response.fault.text) : unreadable();
  }
  if (mustBeXmlRpc) return unreadable();
  return errIn(parsed(text));
}

function unreadable(): ReplyVerdict {
  return { ok: false, reason: 'its answer is no XML-RPC response' };
}

/** Undefined where it is no JSON, or was cut off because it is longer than what is kept of an answer. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errIn(value: unknown): ReplyVerdict {
  if (!isRecord(value)) return OK;
  const members = new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
  const err = members.get('err');
  if (typeof err !== 'number' && typeof err !== 'string') return OK;
  if (Number(err) === 0 && String(err).trim() !== '') return OK;
  const words = members.get('errdesc');
  return refused(`err ${err}`, typeof words === 'string' ? words : '');
}

function refused(what: string, words: string): ReplyVerdict {
  const said = words.trim().slice(0, MAX_WORDS);
  return { ok: false, reason: said === '' ? what : `${what}, ${said}` };
}
