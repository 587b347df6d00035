/** What click2call's answer means (seed 003, section 1.6; design "Telephony API", section 1). */
import { refused, unknown, type PbxReply } from '../conversation.js';
import type { DriverAnswer } from '../driver.js';
import { fieldsIn, jsonIn, textOf, valueOf, type Fields } from '../read-reply.js';

/** Of an XML-RPC struct whose members are all texts or integers; the vendor says so where it forgets that JSON was asked for. */
const MEMBER = /<name>\s*(\w+)\s*<\/name>\s*<value>\s*(?:<(?:string|int|i4)>)?([^<]*)</gi;

/** Null where it cannot be read. */
function fieldsOf(body: string): Fields | null {
  const json = fieldsIn(jsonIn(body));
  if (json !== null) return json;
  const members = [...body.matchAll(MEMBER)].map(([, name = '', value = '']) => [name, value]);
  return members.length > 0 ? (Object.fromEntries(members) as Fields) : null;
}

export interface OrderReply {
  /** Null where the PBX does not name it. */
  callId: string | null;
}

/**
 * @param mask  takes the account's secrets out of the vendor's text
 * @returns `done` for code 0, named or not: whether a name is needed depends on what was asked
 */
export function judgeOrderReply(reply: PbxReply, mask: (text: string) => string): DriverAnswer<OrderReply> {
  if (reply.status >= 400) {
    return refused('The PBX refused the request.', `HTTP ${String(reply.status)}`, mask(reply.body));
  }
  const fields = fieldsOf(reply.body);
  const code = textOf(fields, 'ERRORCODE');
  const text = mask(textOf(fields, 'ERRORMESSAGE'));
  const callId = textOf(fields, 'CALLID');
  if (fields === null || valueOf(fields, 'ERRORCODE') === undefined || code === '') {
    return unknown("The PBX's answer cannot be read.");
  }
  switch (code) {
    case '0':
      return { kind: 'done', callId: callId === '' ? null : callId };
    case '1':
      return refused('The PBX refused the order as it was put.', code, text);
    case '3':
      return { ...refused('The phone of the extension is not there.', code, text), offline: true };
    case '4':
      return refused('The extension may not order calls.', code, text);
    default:
      return unknown(`The PBX had an error of its own (${mask(code)}: ${text}).`);
  }
}
