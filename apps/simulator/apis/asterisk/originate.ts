/** `POST channels`, as a real Asterisk answers it and stricter: what it does not know, it refuses. */
import type { Agent } from '../../pbx/office.js';
import type { PbxDesk } from '../pbx-desk.js';
import { json, type ApiReply } from '../vendor-api.js';
import { channelsOf } from './live-channels.js';

type Fields = Readonly<Record<string, unknown>>;

const KNOWN = new Set([
  ...['endpoint', 'extension', 'context', 'priority', 'label', 'app', 'appArgs', 'callerId', 'timeout'],
  ...['variables', 'channelId', 'otherChannelId', 'originator', 'formats'],
]);
const LONGEST_ID = 149;
const EXISTS = { message: 'Channel with given unique ID already exists' };
const NOT_MADE = { error: 'Allocation failed' };

export function originate(fields: Fields, desk: PbxDesk): ApiReply {
  const fault = faultIn(fields);
  if (fault !== null) return json({ message: fault }, 400);
  const id = textOf(fields['channelId']);
  if (desk.calls.some((call) => call.id === id)) return json(EXISTS, 409);
  const parties = partiesOf(fields, desk);
  if (parties === null) return json(NOT_MADE, 500);
  const { fate, call } = desk.dial(
    parties.agent,
    parties.outside,
    variablesIn(fields),
    id === '' ? undefined : id,
  );
  switch (fate.verdict) {
    case 'placed': {
      const [channel] = call === null ? [] : channelsOf(call, desk);
      const { id: own, ...others } = channel ?? { id: call?.id ?? '' };
      return { ...json(fate.answer === 'without_id' ? others : { id: own, ...others }), fate };
    }
    case 'refused':
      return { ...json({ message: 'Invalid endpoint specified' }, 400), fate };
    case 'offline':
      return { ...json(NOT_MADE, 500), fate };
    case 'blocked':
      // Some versions say so of an endpoint that is not there.
      return { ...json(EXISTS, 409), fate };
    case 'not_taken':
      return { ...json({ error: 'Internal Server Error' }, 500), fate };
  }
}

/** In the words of Asterisk where it has any. */
function faultIn(fields: Fields): string | null {
  const strange = Object.keys(fields).find((name) => !KNOWN.has(name));
  if (strange !== undefined) return `Parameter ${strange} is unknown`;
  const endpoint = textOf(fields['endpoint']);
  if (endpoint === '') return 'Endpoint must be specified';
  if (!/^[^/]+\/.+$/.test(endpoint)) return 'Invalid endpoint specified';
  if (textOf(fields['app']) === '' && textOf(fields['extension']) === '')
    return 'Application or extension must be specified';
  if (textOf(fields['channelId']).length > LONGEST_ID)
    return `Uniqueid length exceeds maximum of ${String(LONGEST_ID)}`;
  const variables = fields['variables'] ?? {};
  const areTexts =
    typeof variables === 'object' && Object.values(variables).every((value) => typeof value === 'string');
  return areTexts ? null : "Only string values in the 'variables' object allowed";
}

/** Whoever is rung first stands in the endpoint, the other in the extension of the dialplan. Null where neither is of the office. */
function partiesOf(fields: Fields, desk: PbxDesk): { agent: Agent; outside: string } | null {
  const [, technology = '', rung = ''] = /^(\w+)\/([^@/]+)/.exec(textOf(fields['endpoint'])) ?? [];
  const extension = textOf(fields['extension']);
  const agent = technology === 'PJSIP' ? desk.agentOf(rung) : undefined;
  if (agent !== undefined) return { agent, outside: extension === '' ? rung : extension };
  const isNumber = technology === 'Local' || textOf(fields['endpoint']).includes('@');
  const [someone] = desk.office.agents;
  const other = desk.agentOf(extension) ?? someone;
  return isNumber && other !== undefined ? { agent: other, outside: rung } : null;
}

/** Those that `channelvars` in ari.conf names, and no others. */
function variablesIn(fields: Fields): Record<string, string> {
  const variables = (fields['variables'] ?? {}) as Record<string, string>;
  const correlator = variables['__X_ATT'] ?? variables['X_ATT'];
  return correlator === undefined ? {} : { X_ATT: correlator };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
