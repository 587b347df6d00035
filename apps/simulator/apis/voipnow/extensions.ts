/** `/uapi/extensions/{user}/{extension}/...`: presence, and the agents of queues. */
import type { Agent } from '../../pbx/office.js';
import type { PbxDesk } from '../pbx-desk.js';
import { json, type ApiReply, type ApiRequest } from '../vendor-api.js';
import { collection, pageParameters } from './collection.js';
import { ALL, extended, isQueue, terminal } from './extended-numbers.js';
import { isFields, strangeName, strangeParameter, uapiError } from './uapi-reply.js';

const ONLINE = '1';
const RINGING = '2';
const BUSY = '3';
const REGISTERED = '1';
const STATUSES = ['0', '1', '2'];

/** @param path  after the user */
export function extensions(path: readonly string[], request: ApiRequest, desk: PbxDesk) {
  const [extension = '', what, ...rest] = path;
  if (what === 'presence' && rest.length === 0 && request.method === 'GET') {
    return strangeParameter(request.query, pageParameters()) ?? presence(extension, request.query, desk);
  }
  if (what === 'queue' && rest[0] === 'agents' && rest.length === 2 && request.method === 'PUT') {
    return setStatus(extension, rest[1] ?? '', request.json, desk);
  }
  return undefined;
}

function presence(extension: string, query: URLSearchParams, desk: PbxDesk): ApiReply {
  const one = terminal(extension, desk);
  if (one === undefined && extension !== ALL) {
    return uapiError(400, 'extension_invalid', 'Parameter extension is invalid.');
  }
  const asked = one === undefined ? desk.office.agents : [one];
  return collection(asked, query, (page) => page.map((agent) => presenceOf(agent, desk)));
}

function presenceOf(agent: Agent, desk: PbxDesk): object {
  const [call] = desk.liveCalls(agent);
  const answers = call?.script.parts.find(({ step }) => step === 'agent')?.answered ?? 0;
  const inCall = call !== undefined && desk.secondsOf(call) >= answers ? BUSY : RINGING;
  return {
    status: call === undefined ? ONLINE : inCall,
    extension: extended(agent),
    registration: [{ agent: 'Simulated phone', registration: REGISTERED }],
  };
}

function setStatus(queue: string, agentId: string, said: unknown, desk: PbxDesk): ApiReply {
  if (!isQueue(queue, desk)) return uapiError(400, 'extension_invalid', 'Parameter extension is invalid.');
  const agent = terminal(agentId, desk);
  if (agent === undefined) return uapiError(400, 'qag_agent_invalid', 'Parameter agent is invalid.');
  const fields = isFields(said) ? said : {};
  const status = fields['status'];
  const isStrange = strangeName(Object.keys(fields), ['status']) !== undefined;
  if (isStrange || typeof status !== 'string' || !STATUSES.includes(status)) {
    return uapiError(400, 'status_invalid', 'Parameter status is invalid.');
  }
  return json([{ agentNumber: extended(agent), status, queue }]);
}
