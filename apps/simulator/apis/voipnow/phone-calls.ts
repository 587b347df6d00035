/** `/uapi/phoneCalls/{user}/{extension|@self}[/{id}]`: calls that go on are listed, ended and acted upon. */
import type { OrderedCall, PbxDesk } from '../pbx-desk.js';
import { json, type ApiReply, type ApiRequest } from '../vendor-api.js';
import { collection, pageParameters } from './collection.js';
import { createCall, isWay } from './create-call.js';
import { ALL, terminal } from './extended-numbers.js';
import { liveCall, VIEW_ID } from './told-call.js';
import { isFields, NOTHING, strangeName, strangeParameter, uapiError } from './uapi-reply.js';

type Action = readonly [required: readonly string[], optional: readonly string[]];

/** What each wants beside its name. */
const ACTIONS: Readonly<Record<string, Action>> = {
  Transfer: [['sendCallTo'], ['transferFromNumber', 'transferNumber', 'phoneCallViewId']],
  TransferToVoicemail: [['sendCallTo'], ['transferFromNumber', 'transferNumber']],
  StartRecording: [['phoneCallViewId'], ['format']],
  StopRecording: [['phoneCallViewId'], []],
  OnHold: [['phoneCallViewId'], []],
  OffHold: [['phoneCallViewId'], []],
};

/** @param path  after the user */
export function phoneCalls([name, id, ...rest]: readonly string[], request: ApiRequest, desk: PbxDesk) {
  if (name === undefined || rest.length > 0) return undefined;
  const { method, query } = request;
  if (method === 'POST') return isWay(name) && id === undefined ? createCall(name, request, desk) : undefined;
  const agent = terminal(name, desk);
  if (agent === undefined && name !== ALL) {
    return uapiError(400, 'extension_invalid', 'Parameter extension is invalid.');
  }
  const calls = desk.liveCalls(agent).filter((call) => id === undefined || call.id === id);
  switch (method) {
    case 'GET':
      return (
        strangeParameter(query, pageParameters()) ??
        collection(calls, query, (page) => page.map((call) => liveCall(call, desk)))
      );
    case 'DELETE':
      return strangeParameter(query, ['phoneNumber', 'fields']) ?? hangUp(calls, desk);
    case 'PUT':
      return act(calls, request.json, desk);
    default:
      return undefined;
  }
}

function hangUp(calls: readonly OrderedCall[], desk: PbxDesk): ApiReply {
  for (const call of calls) desk.hangUp(call);
  return calls.length === 0 ? NOTHING : json(calls.map(({ id }) => ({ id })));
}

function act(calls: readonly OrderedCall[], said: unknown, desk: PbxDesk): ApiReply {
  if (!isFields(said)) return uapiError(400, 'request_invalid', 'The body is not JSON.');
  const { action, ...fields } = said;
  const [required, optional] = ACTIONS[String(action)] ?? [];
  if (required === undefined || optional === undefined) {
    return uapiError(400, 'action_invalid', 'Parameter action is invalid.');
  }
  const wrong =
    required.find((name) => typeof fields[name] !== 'string' || fields[name] === '') ??
    strangeName(Object.keys(fields), [...required, ...optional]) ??
    (required.includes('phoneCallViewId') && fields['phoneCallViewId'] !== VIEW_ID
      ? 'phoneCallViewId'
      : null);
  if (wrong !== null)
    return uapiError(400, `${wrong.toLowerCase()}_invalid`, `Parameter ${wrong} is invalid.`);
  const [call] = calls;
  return call === undefined ? NOTHING : json(liveCall(call, desk));
}
