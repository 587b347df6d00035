/** What goes on at a Voicenter PBX, who has an extension, and its call log (seed 003, sections 3, 7, 8 and 10). */
import { international } from '../../pbx/israeli-number.js';
import { SECOND_MS } from '../../voices/voice.js';
import type { OrderedCall, PbxDesk } from '../pbx-desk.js';
import { json, type ApiReply } from '../vendor-api.js';

type Params = ReadonlyMap<string, string>;

const WRONG_CODE = { ERR: 1, DESC: 'Authorization failed.' };

export function extensionsCalls(params: Params, code: string, desk: PbxDesk): ApiReply {
  if (params.get('code') !== code) return json(WRONG_CODE);
  const wanted = params.get('extension');
  const agents = desk.office.agents.filter(({ sip }) => wanted === undefined || wanted === sip);
  const EXTENSIONS = agents.map((agent) => ({
    name: agent.name,
    representative: agent.name,
    peerstatus: 'Reachable',
    username: agent.sip,
    calls: desk.liveCalls(agent).map((call) => liveCall(call, desk)),
  }));
  return json({ ERR: 0, DESC: 'OK', EXTENSIONS });
}

function liveCall(call: OrderedCall, desk: PbxDesk): object {
  const answered = desk.isAnswered(call);
  const started = desk.wall(call.startedAt).epochSeconds;
  return {
    callername: call.outside,
    callerphone: call.outside,
    callstarted: started,
    callanswered: answered ? started + 6 : 0,
    answered: answered ? 1 : 0,
    callstatus: answered ? 'Talking' : 'Ringing',
    ivrid: call.id,
    direction: 'Outgoing',
    customdata: call.variables,
  };
}

export function queuesCallers(params: Params, code: string, desk: PbxDesk): ApiReply {
  if (params.get('code') !== code) return json(WRONG_CODE);
  const QUEUES = desk.office.queues.map(({ id, name }) => ({ Name: name, ID: id, Callers: [] }));
  return json({ ERR: 0, DESC: 'OK', QUEUES });
}

/** Says nothing of a wrong code: it has no extensions. */
export function extensions(params: Params, code: string, desk: PbxDesk): ApiReply {
  const EXTENSIONS = (params.get('code') === code ? desk.office.agents : []).map((agent) => ({
    SIP: agent.sip,
    Name: agent.name,
    SpeedDial: agent.extension,
    AccountID: agent.department.id,
    AccountName: agent.department.name,
  }));
  return json({ ERR: 0, DESC: 'OK', EXTENSIONS });
}

const STATUSES = ['1', '2', '3', '4', '5', '7', '9', '11', '12', '13'];

export function setStatus(params: Params, code: string, desk: PbxDesk): ApiReply {
  const said = (Status: number, StatusError: string, StatusErrorMessage: string) =>
    json({ Status, StatusError, StatusErrorMessage });
  if (params.get('code') !== code) return said(2, '0', 'Authorization failed');
  const agent = desk.office.agents.find((one) => one.code.startsWith(params.get('userid') ?? '?'));
  const extension = params.get('extensionuser');
  if (!STATUSES.includes(params.get('status') ?? '')) return said(3, '0', 'Missing parameters');
  if (extension !== undefined && desk.agentOf(extension) === undefined) {
    return said(5, '7', "Failed - Extension Monitor doesn't exist");
  }
  if (agent === undefined) return said(5, '4', 'Wrong Username or Password');
  return said(1, '0', '');
}

/** The vendor asks for no credential here. */
export function muteCalls(params: Params, desk: PbxDesk): ApiReply {
  const agent = desk.agentOf(params.get('extension') ?? '');
  const isThere = desk.liveCalls().some((call) => call.agent === agent || call.id === params.get('ivrid'));
  const isState = ['mute', 'unmute'].includes(params.get('state') ?? '');
  if (!isState) return json({ ErrorCode: '400', Message: 'state is wrong', ActionID: '' });
  if (!isThere) return json({ ErrorCode: '404', Message: 'Call not found', ActionID: '' });
  return json({ ErrorCode: '200', Message: 'OK', ActionID: '1' });
}

interface LogAsk {
  code?: unknown;
  format?: unknown;
  fields?: unknown;
  search?: Record<string, unknown>;
}

/** Only as JSON: that is how it is asked. */
export function callLog(ask: LogAsk, code: string, desk: PbxDesk): ApiReply {
  const said = (number: number, description: string, rows: object[], status = 200) =>
    json({ ERROR_NUMBER: number, ERROR_DESCRIPTION: description, CDR_LIST: rows }, status);
  if (ask.code !== code) return said(2, 'Authorization failed.', [], 403);
  const { search = {} } = ask;
  const [from, to] = [timeOf(search['fromdate']), timeOf(search['todate'])];
  if (from === null || to === null) return said(5, 'Wrong dates', [], 404);
  const callIds = listOf(search['callID']);
  const [phones, sips] = [listOf(search['phones']), listOf(search['extensions'])];
  const found = desk.calls.filter(
    (call) =>
      call.startedAt >= from &&
      call.startedAt <= to &&
      (callIds.length === 0 || callIds.includes(call.id)) &&
      (phones.length === 0 || phones.includes(international(call.outside))) &&
      (sips.length === 0 || sips.includes(call.agent.sip)),
  );
  const fields = listOf(ask.fields).map((name) => name.toLowerCase());
  const rows = found
    .map((call) => row(call, desk))
    .map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => fields.includes(name))));
  return said(0, 'OK', rows);
}

/** Names in lower case, as they were seen. */
function row(call: OrderedCall, desk: PbxDesk): Record<string, unknown> {
  const { ending } = call.fate;
  const isTalk = ending === 'answered' && (desk.isAnswered(call) || !desk.isLive(call));
  return {
    date: new Date(call.startedAt).toISOString().slice(0, 19),
    type: 'Click2Call leg2',
    callid: call.id,
    callernumber: call.script.did,
    callerextension: call.agent.sip,
    targetnumber: international(call.outside),
    targetextension: '',
    duration: isTalk ? 30 : 0,
    dialstatus: isTalk ? 'ANSWER' : ending === 'busy' ? 'BUSY' : 'NOANSWER',
    customdata: call.variables,
  };
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
}

/** GMT, as the vendor reads them. */
function timeOf(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(value)) return null;
  const seconds = value.length === 16 ? ':00' : '';
  const at = Date.parse(`${value}${seconds}Z`);
  return Number.isFinite(at) && at >= SECOND_MS ? at : null;
}
