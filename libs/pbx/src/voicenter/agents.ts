/** Logging agents in and out, and muting what is recorded of a call (seed 003, section 10). */
import { baseUrl } from '../account-urls.js';
import { converse, refused, secretsOf, unknown } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo, PbxDriver } from '../driver.js';
import { maskSecrets } from '../mask-secrets.js';
import { fieldsIn, jsonIn, textOf, type Fields } from '../read-reply.js';
import { FIELDS } from './fields.js';

type Agent = Parameters<NonNullable<PbxDriver['setAgentState']>>[0];
type Judge = (fields: Fields, mask: (text: string) => string) => DriverAnswer<object>;

async function post(
  { url, params, judge }: { url: string; params: Record<string, string>; judge: Judge },
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<object>> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(params).toString();
  const reply = await converse({ method: 'POST', url, headers, body }, account, io);
  if (reply.kind !== 'replied') return reply;
  const mask = (text: string) => maskSecrets(text, secretsOf(account));
  if (reply.status >= 400) {
    return refused('The PBX refused the request.', `HTTP ${String(reply.status)}`, mask(reply.body));
  }
  const fields = fieldsIn(jsonIn(reply.body));
  return fields === null ? unknown("The PBX's answer cannot be read.") : judge(fields, mask);
}

/** The vendor knows an agent by the first five digits of his code. */
const USER_ID_DIGITS = 5;

export function setAgentState(
  { code, extension, status }: Agent,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<object>> {
  const params = {
    ...(code === null ? {} : { UserID: code.slice(0, USER_ID_DIGITS) }),
    Status: String(status),
    Code: account.secrets['code'] ?? '',
    ...(extension === null ? {} : { ExtensionUser: extension }),
  };
  const url = `${baseUrl(account, 'login_url', FIELDS)}/UserLogin/SetStatusFromAPI`;
  return post({ url, params, judge: judgeStatus }, account, io);
}

/** Two "errors" say that it was done. */
const DONE: ReadonlySet<string> = new Set(['4.1', '5.2']);

const judgeStatus: Judge = (fields, mask) => {
  const status = textOf(fields, 'Status');
  const detail = `${status}.${textOf(fields, 'StatusError')}`;
  if (status === '1' || DONE.has(detail)) return { kind: 'done' };
  if (!/^[2-5]$/.test(status)) return unknown("The PBX's answer cannot be read.");
  // The second name is a slip of the vendor's that was seen live.
  const text = textOf(fields, 'StatusErrorMessage', 'StatusErroMessage');
  return refused("The PBX did not change the agent's status.", mask(detail), mask(text));
};

export function record(
  call: { extension: string | null; vendorCallId: string | null },
  state: 'on' | 'off' | 'mute' | 'unmute',
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<object>> {
  const { extension, vendorCallId } = call;
  if (extension === null && vendorCallId === null) {
    return Promise.resolve(refused('A call or an extension is needed.'));
  }
  const which: Record<string, string> =
    vendorCallId === null ? { extension: extension ?? '' } : { ivrid: vendorCallId };
  const params = { ...which, state: state === 'off' || state === 'mute' ? 'mute' : 'unmute' };
  const url = `${baseUrl(account, 'api_url', FIELDS)}/api/MuteUnmuteCalls`;
  return post({ url, params, judge: judgeRecord }, account, io);
}

const judgeRecord: Judge = (fields, mask) => {
  const code = textOf(fields, 'ErrorCode');
  if (code === '200') return { kind: 'done' };
  if (code === '' || code.startsWith('5')) return unknown("The PBX's answer does not say that it was done.");
  return refused('The PBX refused the request.', mask(code), mask(textOf(fields, 'Message')));
};
