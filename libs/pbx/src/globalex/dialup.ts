/**
 * The one page that dials, tells the state of an extension and hangs up (seed 004). It answers HTTP 200 to everything, so its
 * words are read. Source of the words: design "Telephony API", section 1, traps of GlobalEx.
 */
import { baseUrl, textSetting } from '../account-urls.js';
import { converse, refused, secretsOf, unknown, type PbxReply } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo } from '../driver.js';
import { maskSecrets } from '../mask-secrets.js';
import { fieldsIn, jsonIn, textOf, valueOf, type Fields } from '../read-reply.js';
import { FIELDS } from './fields.js';

const REFUSALS = /bad event|you need to login first|restricted access/i;
const SUCCESS: ReadonlySet<string> = new Set(['ok', 'success']);
/** `Response: OK<br>`, as the page says it where nobody asked for JSON. */
const LINE = /^\s*(\w+)\s*:\s*([^<\r\n]*?)\s*(?:<br\s*\/?>|\r?$)/gim;

/** GET: some installations refuse POST. */
export async function dialup(
  params: Readonly<Record<string, string>>,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ fields: Fields }>> {
  const query = new URLSearchParams({
    user: textSetting(account, 'user', FIELDS),
    pass: account.secrets['pass'] ?? '',
    org: textSetting(account, 'org', FIELDS),
    ...params,
    Response: 'yes',
    RFormat: 'json',
  });
  const url = `${baseUrl(account, 'url', FIELDS)}/API/dialup.php?${query.toString()}`;
  const reply = await converse({ method: 'GET', url }, account, io);
  if (reply.kind !== 'replied') return reply;
  return judge(reply, (text) => maskSecrets(text, secretsOf(account)));
}

/** `done` only says that the page has carried something out or told something: whoever asked reads its fields. */
function judge({ status, body }: PbxReply, mask: (text: string) => string): DriverAnswer<{ fields: Fields }> {
  if (status >= 400) return refused('The PBX refused the request.', `HTTP ${String(status)}`, mask(body));
  const fields = fieldsOf(body);
  if (fields !== null) {
    const response = textOf(fields, 'Response');
    if (response === '' || SUCCESS.has(response.toLowerCase())) return { kind: 'done', fields };
    const text = textOf(fields, 'Message', 'Error', 'Reason');
    return refused('The PBX refused the request.', mask(response), text === '' ? null : mask(text));
  }
  const said = REFUSALS.exec(body)?.[0];
  if (said !== undefined) return refused('The PBX refused the request.', null, mask(said));
  // A page for people instead of an answer: the request never got to what dials.
  if (/^\s*<(?:!doctype|html|head|body)/i.test(body)) {
    return refused('The PBX answered with a page for people.', null, mask(body));
  }
  return unknown("The PBX's answer cannot be read.");
}

/** At the top, under `data`, or in lines; null where there is nothing of it. */
function fieldsOf(body: string): Fields | null {
  const top = fieldsIn(jsonIn(body));
  if (top !== null) {
    const fields = { ...top, ...fieldsIn(valueOf(top, 'data')) };
    return Object.keys(fields).length > 0 ? fields : null;
  }
  const lines = [...body.matchAll(LINE)].map(([, name = '', value = '']) => [name, value]);
  return lines.length > 0 ? (Object.fromEntries(lines) as Fields) : null;
}
