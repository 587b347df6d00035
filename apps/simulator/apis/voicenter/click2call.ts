/** `/ForwardDialer/click2call.aspx`, as the vendor documents it (seed 003, section 1) and stricter: what it does not know, it refuses. */
import type { Fate } from '../fate.js';
import type { PbxDesk } from '../pbx-desk.js';
import { lowerNames, type ApiReply, type ApiRequest } from '../vendor-api.js';

const ALWAYS = ['phone', 'code', 'action', 'format'];
const RINGING = ['targetcallerid', 'targetcallername', 'phonemaxdialtime', 'maxduration', 'phoneautoanswer'];
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  call: [
    ...ALWAYS,
    ...RINGING,
    ...['target', 'record', 'phonecallerid', 'phonecallername', 'targetmaxdialtime', 'targetautoanswer'],
    ...['checkphonedevicestate', 'checktargetdevicestate', 'language', 'vm_id', 'phonelogincode'],
  ],
  message: [...ALWAYS, ...RINGING, 'pre_rec', 'dtmf', 'loop_rec', 'post_rec', 'record'],
  callference: [...ALWAYS, ...RINGING, 'bbbcode'],
  terminate: ALWAYS,
};
const MOST_VARIABLES = 10;

interface Said {
  code: number;
  message: string;
  callId?: string;
  fate?: Fate;
}

const OK = { code: 0, message: 'OK' } as const;

export function click2call(request: ApiRequest, code: string, desk: PbxDesk): ApiReply {
  const params = lowerNames([...request.query, ...request.form]);
  const said = answer(params, code, desk);
  const callId = said.fate?.answer === 'without_id' ? '' : (said.callId ?? '');
  const reply = isJson(params) ? jsonReply(said, callId) : xmlReply(said, callId);
  return said.fate === undefined ? reply : { ...reply, fate: said.fate };
}

function answer(params: ReadonlyMap<string, string>, code: string, desk: PbxDesk): Said {
  const action = (params.get('action') ?? 'call').toLowerCase();
  const fault = faultIn(params, action, code);
  if (fault !== null) return { code: 1, message: fault };
  const phone = params.get('phone') ?? '';
  const agent = desk.agentOf(phone) ?? desk.agentOf(params.get('target') ?? '');
  if (action === 'terminate') {
    if (agent === undefined) return { code: 1, message: 'Phone is not an extension' };
    for (const call of desk.liveCalls(agent)) desk.hangUp(call);
    return OK;
  }
  const someone = agent ?? desk.office.agents[0];
  if (someone === undefined) return { code: 2, message: 'Application error' };
  const outside = desk.agentOf(phone) === undefined && /^\d+$/.test(phone) ? phone : params.get('target');
  return dial(desk, { agent: someone, outside: outside ?? phone, variables: variablesIn(params) });
}

function dial(
  desk: PbxDesk,
  order: { agent: Parameters<PbxDesk['dial']>[0]; outside: string; variables: Record<string, string> },
): Said {
  const { fate, call } = desk.dial(order.agent, order.outside, order.variables);
  switch (fate.verdict) {
    case 'placed':
      return { ...OK, fate, callId: call?.id ?? '' };
    case 'refused':
      return { code: 1, message: 'Invalid request parameters', fate };
    case 'offline':
      return { code: 3, message: 'Extension representative offline', fate };
    case 'blocked':
      return { code: 4, message: 'Extension blocked for Click2Call calls', fate };
    case 'not_taken':
      return { code: 2, message: 'Application error', fate };
  }
}

function faultIn(params: ReadonlyMap<string, string>, action: string, code: string): string | null {
  const known = Object.hasOwn(KNOWN, action) ? KNOWN[action] : undefined;
  if (known === undefined) return `Action ${action} is unknown`;
  if (params.get('code') !== code) return 'Code is invalid';
  const names = [...params.keys()];
  const strange = names.find(
    (name) => !known.includes(name) && !(action === 'call' && name.startsWith('var_')),
  );
  if (strange !== undefined) return `Parameter ${strange} is unknown`;
  if (names.filter((name) => name.startsWith('var_')).length > MOST_VARIABLES)
    return 'Too many var_ parameters';
  if (!params.get('phone')) return 'Phone is missing';
  if (action === 'call' && !params.get('target')) return 'Target is missing';
  const plus = ['phone', 'target'].find((name) => params.get(name)?.startsWith('+'));
  if (plus !== undefined) return `${plus} must not begin with a plus`;
  const seconds = ['phonemaxdialtime', 'targetmaxdialtime', 'maxduration'].find((name) =>
    isNoNumber(params.get(name)),
  );
  return seconds === undefined ? null : `${seconds} is not a number`;
}

function isNoNumber(text: string | undefined): boolean {
  return text !== undefined && !/^\d+$/.test(text);
}

/** They are told again by the names under which they came. */
function variablesIn(params: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...params].filter(([name]) => name.startsWith('var_')));
}

function isJson(params: ReadonlyMap<string, string>): boolean {
  return params.get('format')?.toLowerCase() === 'json';
}

function jsonReply({ code, message }: Said, callId: string): ApiReply {
  const body = JSON.stringify({ ERRORCODE: code, ERRORMESSAGE: message, CALLID: callId });
  return { status: 200, contentType: 'application/json; charset=utf-8', body };
}

function xmlReply({ code, message }: Said, callId: string): ApiReply {
  const members = Object.entries({ ERRORCODE: String(code), ERRORMESSAGE: message, CALLID: callId })
    .map(([name, value]) => `<member><name>${name}</name><value><string>${value}</string></value></member>`)
    .join('');
  const body = `<methodResponse><params><param><value><struct>${members}</struct></value></param></params></methodResponse>`;
  return { status: 200, contentType: 'text/xml; charset=utf-8', body };
}
