/** ARI, as far as a driver needs it: the same by HTTP below `/ari` and through the socket that the PBX opens. */
import type { PbxDesk } from '../pbx-desk.js';
import { json, type ApiReply, type ApiRequest, type VendorApi } from '../vendor-api.js';
import { channelsOf, liveChannels } from './live-channels.js';
import { originate } from './originate.js';

const NO_CHANNEL = json({ message: 'Channel not found' }, 404);
const NO_ENDPOINT = json({ message: 'Endpoint not found' }, 404);
const NO_RECORDING = json({ message: 'Recording not found' }, 404);
const NOT_OURS = json({ message: 'Channel not in Stasis application' }, 409);
const DONE: ApiReply = { status: 204, contentType: 'application/json', body: '' };
const VERSION = '22.8.0';

type Parts = readonly (string | undefined)[];

export function asteriskApi(): VendorApi {
  /** Listeners, and which of them are recorded. */
  const listeners = new Map<string, { isRecorded: boolean }>();
  return {
    vendor: 'asterisk',
    settings: {},
    secrets: {},
    answer: (request, desk) => {
      const parts = request.path
        .replace(/^\/(ari\/)?/, '')
        .split('/')
        .map((part) => decodeURIComponent(part));
      const [resource, ...rest] = parts;
      switch (resource) {
        case 'channels':
          return channels(request, rest, desk, listeners);
        case 'endpoints':
          return request.method === 'GET' ? endpoints(rest, desk) : undefined;
        case 'asterisk':
          return rest.join() === 'info'
            ? json({ system: { version: VERSION, entity_id: '02:00:00:00:00:01' } })
            : undefined;
        case 'recordings':
          return recordings(request, rest, listeners);
        default:
          return undefined;
      }
    },
  };
}

function channels(
  request: ApiRequest,
  [id, action, other]: Parts,
  desk: PbxDesk,
  listeners: Map<string, { isRecorded: boolean }>,
): ApiReply | undefined {
  const { method, json: body } = request;
  if (id === undefined) {
    if (method === 'POST') return originate((body ?? {}) as Record<string, unknown>, desk);
    return method === 'GET' ? json(liveChannels(desk)) : undefined;
  }
  const listener = listeners.get(id);
  if (listener !== undefined) return listen(listeners, id, [method, action].join(' '));
  const call = desk.liveCalls().find((one) => channelsOf(one, desk).some((channel) => channel.id === id));
  if (call === undefined) return NO_CHANNEL;
  switch ([method, action].join(' ').trim()) {
    case 'GET':
      return json(channelsOf(call, desk).find((channel) => channel.id === id) ?? {});
    case 'DELETE':
      desk.hangUp(call);
      return DONE;
    case 'POST snoop': {
      if (request.query.get('app') === null) return json({ message: 'Application name is required' }, 400);
      const snoop = other ?? `snoop-${id}`;
      if (listeners.has(snoop)) return json({ message: 'Snoop channel could not be created' }, 500);
      listeners.set(snoop, { isRecorded: false });
      return json({ id: snoop, name: `Snoop/${id}-00000000`, state: 'Up' });
    }
    case 'POST variable':
      return request.query.get('variable') === null
        ? json({ message: 'Variable name is required' }, 400)
        : DONE;
    case 'POST record':
    case 'POST continue':
    case 'POST redirect':
      return NOT_OURS;
    default:
      return undefined;
  }
}

function listen(
  listeners: Map<string, { isRecorded: boolean }>,
  id: string,
  asked: string,
): ApiReply | undefined {
  if (asked === 'POST record') {
    if (listeners.get(id)?.isRecorded === true) {
      return json({ message: `Recording '${id}' already exists and can not be overwritten` }, 409);
    }
    listeners.set(id, { isRecorded: true });
    return json({ name: id, format: 'wav', state: 'queued', target_uri: `channel:${id}` }, 201);
  }
  if (asked !== 'DELETE ') return undefined;
  listeners.delete(id);
  return DONE;
}

function endpoints([technology, resource]: Parts, desk: PbxDesk): ApiReply {
  const there = liveChannels(desk);
  const all = desk.office.agents.map(({ extension }) => ({
    ...{ technology: 'PJSIP', resource: extension, state: 'online' },
    channel_ids: there.filter(({ name }) => name.startsWith(`PJSIP/${extension}-`)).map(({ id }) => id),
  }));
  const line = { technology: 'PJSIP', resource: 'line-1', state: 'online', channel_ids: [] };
  if (technology !== undefined && technology !== 'PJSIP') return NO_ENDPOINT;
  if (resource === undefined) return json([...all, line]);
  const one = [...all, line].find((endpoint) => endpoint.resource === resource);
  return one === undefined ? NO_ENDPOINT : json(one);
}

function recordings(
  { method }: ApiRequest,
  [kind, name = '', action]: Parts,
  listeners: Map<string, { isRecorded: boolean }>,
): ApiReply | undefined {
  if (kind !== 'live') return undefined;
  const isRecorded = listeners.get(name)?.isRecorded === true;
  const isKnown =
    action === 'stop' ? method === 'POST' : action === 'mute' && ['POST', 'DELETE'].includes(method);
  if (!isKnown) return undefined;
  if (!isRecorded) return NO_RECORDING;
  if (action === 'stop') listeners.set(name, { isRecorded: false });
  return DONE;
}
