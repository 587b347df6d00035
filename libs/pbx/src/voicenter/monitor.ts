/** What goes on at the PBX and who has an extension there (seed 003, sections 7 and 8). */
import { fromEpoch, MAX_EPOCH_SECONDS, type Instant } from '#domain';
import { baseUrl, textSetting } from '../account-urls.js';
import { converse, refused, secretsOf, unknown } from '../conversation.js';
import type {
  DriverAccount,
  DriverAnswer,
  DriverIo,
  PbxExtension,
  PbxLiveCall,
  PbxQueue,
} from '../driver.js';
import { maskSecrets } from '../mask-secrets.js';
import { fieldsIn, jsonIn, rowsIn, textOf, textOrNull, valueOf, type Fields } from '../read-reply.js';
import { FIELDS } from './fields.js';

/** Asks for a list; its rows stand under `member`. */
async function list(
  path: string,
  { member, params = {} }: { member: string; params?: Record<string, string> },
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ rows: Fields[] }>> {
  const query = new URLSearchParams({ code: account.secrets['code'] ?? '', ...params });
  const url = `${baseUrl(account, 'monitor_url', FIELDS)}${path}?${query.toString()}`;
  const reply = await converse({ method: 'GET', url }, account, io);
  if (reply.kind !== 'replied') return reply;
  const mask = (text: string) => maskSecrets(text, secretsOf(account));
  if (reply.status >= 400) {
    return refused('The PBX refused the request.', `HTTP ${String(reply.status)}`, mask(reply.body));
  }
  const fields = fieldsIn(jsonIn(reply.body));
  const code = textOf(fields, 'ERR');
  if (code === '') return unknown("The PBX's answer cannot be read.");
  if (code !== '0') return refused('The PBX refused the request.', mask(code), mask(textOf(fields, 'DESC')));
  return { kind: 'done', rows: rowsIn(valueOf(fields, member)) };
}

interface ExtensionNow {
  extension: string;
  isReachable: boolean;
  calls: PbxLiveCall[];
}

export async function extensionsNow(
  extension: string | null,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ extensions: ExtensionNow[] }>> {
  const params: Record<string, string> = extension === null ? {} : { extension };
  const listed = await list('/comet/API/GetExtensionsCalls', { member: 'EXTENSIONS', params }, account, io);
  if (listed.kind !== 'done') return listed;
  const extensions = listed.rows
    .map((row) => extensionNow(row, account))
    // Whether the vendor obeys the parameter is not documented.
    .filter((row) => extension === null || row.extension === extension);
  return { kind: 'done', extensions };
}

function extensionNow(row: Fields, account: DriverAccount): ExtensionNow {
  const extension = textOf(row, 'username');
  return {
    extension,
    isReachable: textOf(row, 'peerstatus').toLowerCase() === 'reachable',
    calls: rowsIn(valueOf(row, 'calls')).map((call) => liveCall(call, extension, account)),
  };
}

function liveCall(call: Fields, extension: string, account: DriverAccount): PbxLiveCall {
  return {
    vendorCallId: textOrNull(call, 'ivrid'),
    extension,
    number: textOrNull(call, 'callerphone'),
    state:
      textOf(call, 'answered') === '1' || textOf(call, 'callstatus') === 'Talking' ? 'answered' : 'ringing',
    startedAt: timeOf(valueOf(call, 'callstarted'), account),
    correlator: correlatorIn(valueOf(call, 'customdata')),
  };
}

/** By either name: with the prefix under which it was sent, or without. */
export function correlatorIn(customData: unknown): string | null {
  return textOrNull(fieldsIn(customData), 'var_att', 'att');
}

function timeOf(seconds: unknown, account: DriverAccount): Instant | null {
  const epoch = Number(seconds);
  if (!(epoch > 0 && epoch <= MAX_EPOCH_SECONDS)) return null;
  const epochs = textSetting(account, 'epochs', FIELDS) === 'utc' ? 'utc' : 'local';
  return fromEpoch(epoch, { epochs, timeZone: account.timeZone });
}

export async function queuesNow(
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ queues: PbxQueue[] }>> {
  const listed = await list('/comet/API/GetQueuesCallers', { member: 'QUEUES' }, account, io);
  if (listed.kind !== 'done') return listed;
  const queues = listed.rows.map((row) => ({
    queue: textOf(row, 'ID'),
    name: textOrNull(row, 'Name'),
    waiting: rowsIn(valueOf(row, 'Callers')).map((caller) => ({
      number: textOf(caller, 'Phone'),
      vendorCallId: textOrNull(caller, 'CallID'),
      since: timeOf(valueOf(caller, 'JoinTime'), account),
    })),
  }));
  return { kind: 'done', queues };
}

export async function allExtensions(
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ extensions: PbxExtension[] }>> {
  const asked = { member: 'EXTENSIONS', params: { showAll: 'true' } };
  const listed = await list('/Comet/api/GetExtensions', asked, account, io);
  if (listed.kind !== 'done') return listed;
  const extensions = listed.rows
    .map((row) => ({
      extension: textOf(row, 'SIP'),
      aliases: [textOf(row, 'SpeedDial')].filter((alias) => alias !== ''),
      name: textOrNull(row, 'Name'),
    }))
    .filter(({ extension }) => extension !== '');
  return { kind: 'done', extensions };
}
