/** GlobalEx's request API (seed 004), with what was seen of it: 200 to everything, and words that have to be read. */
import { international } from '../../pbx/israeli-number.js';
import { lowerNames, type ApiReply, type ApiRequest, type VendorApi } from '../vendor-api.js';
import type { OrderedCall, PbxDesk } from '../pbx-desk.js';

const USER = 'api';
const PASS = 'simulated&Pass1';
const ORG = 'demo';
const ORG_TOKEN = 'simulatedOrgToken0001';

const WHO = ['user', 'pass', 'org'];
const HOW = ['response', 'rformat', 'showuid'];
const DIAL = [...WHO, ...HOW, 'dial1', 'dial2', 'setcid', 'reverse', 'timeout'];
const EXTEN = [...WHO, ...HOW, 'exten', 'operation'];
const HISTORY = [
  ...[
    'org_token',
    'call_status',
    'did_number',
    'call_duration',
    'call_source',
    'call_destination',
    'call_uniqueid',
  ],
  ...['call_price', 'call_country', 'org', 'start_date', 'end_date', 'call_type'],
];

type Params = ReadonlyMap<string, string>;

export function globalexApi(): VendorApi {
  return {
    vendor: 'globalex',
    settings: { user: USER, org: ORG },
    secrets: { pass: PASS, org_token: ORG_TOKEN },
    answer: (request, desk) => {
      const params = lowerNames([...request.query, ...request.form]);
      switch (request.path.toLowerCase()) {
        case '/api/dialup.php':
          return dialup(request, params, desk);
        case '/api/chstatus.php':
          return isKnown(params) ? stateOf(params, desk, CH_WORDS) : text('You need to login first');
        case '/api/cdr.php':
        case '/api/reports.php':
          return history(params, desk);
        default:
          return undefined;
      }
    },
  };
}

function dialup(request: ApiRequest, params: Params, desk: PbxDesk): ApiReply {
  if (request.method !== 'GET') return text('bad event');
  if (!isKnown(params)) return text('You need to login first');
  const exten = params.has('exten');
  const strange = [...params.keys()].some((name) => !(exten ? EXTEN : DIAL).includes(name));
  if (strange) return text('bad event');
  if (!exten) return dial(params, desk);
  if (!params.has('operation')) return stateOf(params, desk, WORDS);
  if (params.get('operation') !== 'hangup') return text('bad event');
  const agent = desk.agentOf(params.get('exten') ?? '');
  const calls = agent === undefined ? [] : desk.liveCalls(agent);
  for (const call of calls) desk.hangUp(call);
  return said(params, { exten: params.get('exten') ?? '', Response: calls.length > 0 ? 'OK' : 'fail' });
}

/** `+972..` is refused; dialled is what stands there. */
function dial(params: Params, desk: PbxDesk): ApiReply {
  const [dial1, dial2] = [params.get('dial1') ?? '', params.get('dial2') ?? ''];
  const fail = (Message: string) => said(params, { dial1, dial2, Response: 'fail', Message });
  const agent = desk.agentOf(dial1) ?? desk.agentOf(dial2);
  const outside = desk.agentOf(dial1) === undefined ? dial1 : dial2;
  if (agent === undefined) return fail('No such extension');
  if (!/^(?:\*?\d{2,9}|0\d{8,14})$/.test(outside)) return fail('Wrong number');
  const cid = params.get('setcid');
  if (cid !== undefined && !/^\d+$/.test(cid)) return fail('Wrong SetCID');
  const timeout = Number(params.get('timeout') ?? 20);
  if (!(timeout >= 1 && timeout <= 300)) return fail('Wrong Timeout');
  const { fate, call } = desk.dial(agent, outside);
  if (call === null) {
    return { ...fail(fate.verdict === 'offline' ? 'Extension is unavailable' : 'Not allowed'), fate };
  }
  const uid = params.get('showuid') === 'yes' && fate.answer !== 'without_id' ? { Uniqueid1: call.id } : {};
  return { ...said(params, { dial1, dial2, Response: 'OK', ...uid }), fate };
}

const WORDS = { free: 'free', busy: 'busy', ringing: 'ringing', none: 'unavailable' };
const CH_WORDS = { free: 'Idle', busy: 'InUse', ringing: 'Ringing', none: 'Disconnected' };

function stateOf(params: Params, desk: PbxDesk, words: typeof WORDS): ApiReply {
  const exten = params.get('exten') ?? '';
  const agent = desk.agentOf(exten);
  const [call] = agent === undefined ? [] : desk.liveCalls(agent);
  if (agent === undefined) return said(params, { exten, Status: words.none });
  if (call === undefined) return said(params, { exten, Status: words.free });
  return said(params, {
    exten,
    Status: desk.isAnswered(call) ? words.busy : words.ringing,
    Channel: `SIP/${agent.extension}-0000001a`,
    BridgedUniqueid: '',
    Uniqueid: call.id,
  });
}

function history(params: Params, desk: PbxDesk): ApiReply {
  if (params.get('org_token') !== ORG_TOKEN) return text('Restricted access');
  if ([...params.keys()].some((name) => !HISTORY.includes(name))) return text('bad event');
  const matches = (name: string, value: (call: OrderedCall) => string) => (call: OrderedCall) =>
    !params.has(name) || params.get(name) === value(call);
  const rows = desk.calls
    .filter(matches('call_uniqueid', ({ id }) => id))
    .filter(matches('call_source', ({ agent }) => agent.extension))
    .filter(matches('call_destination', ({ outside }) => outside))
    .filter((call) => within(params, wallText(desk, call.startedAt)))
    .map((call) => ({
      uniqueid: call.id,
      calldate: wallText(desk, call.startedAt),
      src: call.agent.extension,
      dst: international(call.outside),
      duration: call.script.until,
      billsec: call.fate.ending === 'answered' ? 30 : 0,
      disposition: call.fate.ending === 'answered' ? 'ANSWERED' : 'NO ANSWER',
      recordingfile: '',
    }));
  return { status: 200, contentType: 'application/json', body: JSON.stringify(rows) };
}

function within(params: Params, at: string): boolean {
  return at >= (params.get('start_date') ?? '') && at <= (params.get('end_date') ?? '9');
}

/** `YYYY-MM-DD HH:mm:ss` of the office's wall clock. */
function wallText(desk: PbxDesk, atMs: number): string {
  const iso = new Date(desk.wall(atMs).epochSeconds * 1_000).toISOString();
  return iso.slice(0, 19).replace('T', ' ');
}

function isKnown(params: Params): boolean {
  return params.get('user') === USER && params.get('pass') === PASS && params.get('org') === ORG;
}

function text(body: string): ApiReply {
  return { status: 200, contentType: 'text/html', body };
}

function said(params: Params, data: Readonly<Record<string, string>>): ApiReply {
  if (params.get('response') !== 'yes') return text('');
  if (params.get('rformat') === 'json') {
    return { status: 200, contentType: 'text/html', body: JSON.stringify({ data }) };
  }
  return text(
    Object.entries(data)
      .map(([name, value]) => `${name}: ${value}`)
      .join('<br>\n'),
  );
}
