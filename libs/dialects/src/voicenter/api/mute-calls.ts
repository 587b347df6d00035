/** Keeping what a customer says out of the recording, for as long as it is said. */
import type { AskFailure, AskResult } from '#domain';
import type { AnyRequest } from '../../content/any-request.js';
import type { FacadeReply } from '../../facade.js';
import { asks, invalid, type ApiRoute, type AskReading } from './api-route.js';
import { WRONG_KIND, wordsOf } from './failure-words.js';
import { jsonReply } from './replies.js';

const INVALID = 'Parameters are not valid';

/** Numbers of HTTP, as text, as the vendor's 200 is; all but that one are ours. */
const CODE_OF: Readonly<Record<AskFailure['code'], string>> = {
  invalid: '400',
  unauthorised: '401',
  address: '403',
  blocked: '403',
  not_found: '404',
  offline: '404',
  rate: '429',
  refused: '500',
  unknown: '500',
  too_many: '500',
  unsupported: '501',
  unavailable: '503',
};

export const muteCalls: ApiRoute = {
  route: { name: 'mute-calls', paths: ['/api/muteunmutecalls'], methods: ['GET', 'POST'], changes: true },
  read,
  write,
};

function read({ fields, problem }: AnyRequest): AskReading {
  if (problem !== null) return invalid('body', problem);
  const extension = fields.text('extension');
  const callId = fields.text('ivrid');
  const muted = fields.flag('state');
  if (extension === null && callId === null) return invalid('extension', INVALID);
  if (muted === null) return invalid('state', INVALID);
  return asks({
    kind: 'record',
    // One call is meant where one is named.
    ...(callId === null ? extension !== null && { extension } : { callId }),
    state: muted ? 'mute' : 'unmute',
  });
}

function write(result: AskResult): FacadeReply {
  if (!result.ok) return failure(result.failure);
  const { told } = result;
  if (told.kind !== 'record') return failure(WRONG_KIND);
  return jsonReply({ ErrorCode: '200', Message: 'Success', ActionID: told.actionId });
}

function failure(why: AskFailure): FacadeReply {
  const message = why.code === 'not_found' ? 'UniqueIvrID not found' : wordsOf(why);
  return jsonReply({ ErrorCode: CODE_OF[why.code], Message: message, ActionID: '' });
}
