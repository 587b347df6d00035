import { readResponse } from '#dialects';
import { type ReplyVerdict, isRecord } from '#domain';
import type { GivenReply } from '../format.js';

const OK: ReplyVerdict = { ok: true };
const MAX_WORDS = 300;

/** The member that an answer says yes or no with, in lower case, and the one that says why. */
interface Verdicts {
  code: string;
  words: string;
}

/**
 * The answer to a CDR notification (seed section 4, "CDR response parameters"): `err` 0 OK, 1 parse error, 2 application
 * error, as a number or as text, in any case, in JSON or XML-RPC whichever was asked for. An answer that states no `err` is
 * taken for yes, as its status said so: CRMs that answer a notification with nothing or a plain `OK` are older than we are.
 *
 * @param mustBeXmlRpc  XML-RPC was spoken: there only a response says that the method was called
 */
export function readCdrReply(reply: Pick<GivenReply, 'body'>, mustBeXmlRpc: boolean): ReplyVerdict {
  return readVerdict(reply, mustBeXmlRpc, { code: 'err', words: 'errdesc' });
}

/** The answer to HANGUP_CALL (seed 5.2): `STATUS` 0 OK, 1 error, read as leniently as a CDR's. */
export function readHangupReply(reply: Pick<GivenReply, 'body'>, mustBeXmlRpc: boolean): ReplyVerdict {
  return readVerdict(reply, mustBeXmlRpc, { code: 'status', words: 'description' });
}

function readVerdict(
  { body }: Pick<GivenReply, 'body'>,
  mustBeXmlRpc: boolean,
  names: Verdicts,
): ReplyVerdict {
  const text = body.replace(/^\ufeff/, '').trim();
  if (/<methodResponse\b/i.test(text)) {
    const response = readResponse(text);
    if (response.ok) return verdictIn(response.value, names);
    return 'fault' in response ? refused(`fault ${response.fault.code}`, response.fault.text) : unreadable();
  }
  if (mustBeXmlRpc) return unreadable();
  return verdictIn(parsed(text), names);
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

function verdictIn(value: unknown, names: Verdicts): ReplyVerdict {
  if (!isRecord(value)) return OK;
  const members = new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
  const code = members.get(names.code);
  if (typeof code !== 'number' && typeof code !== 'string') return OK;
  const said = String(code).trim();
  if ((Number(code) === 0 && said !== '') || said.toUpperCase() === 'OK') return OK;
  const words = members.get(names.words);
  return refused(`${names.code} ${code}`, typeof words === 'string' ? words : '');
}

function refused(what: string, words: string): ReplyVerdict {
  const said = words.trim().slice(0, MAX_WORDS);
  return { ok: false, reason: said === '' ? what : `${what}, ${said}` };
}
