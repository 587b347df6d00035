/** The vendor's click-to-call (seed section 1): a call, a message, a conference, and hanging up. */
import type { AskFailure, AskResult } from '#domain';
import type { AnyRequest } from '../../content/any-request.js';
import type { FacadeReply, FacadeSettings, Manner } from '../../facade.js';
import { writeResponse } from '../../xmlrpc/write-message.js';
import { asks, invalid, missing, type ApiRoute, type AskReading } from './api-route.js';
import { WRONG_KIND, wordsOf } from './failure-words.js';
import { readOrder } from './read-order.js';
import { jsonReply, xmlReply } from './replies.js';

/** Seed 1.6, "ERRORCODE". */
const OK = 0;
const INVALID = 1;
const APPLICATION_ERROR = 2;
const OFFLINE = 3;
const BLOCKED = 4;

const CODE_OF: Readonly<Record<AskFailure['code'], number>> = {
  invalid: INVALID,
  unauthorised: INVALID,
  address: INVALID,
  not_found: INVALID,
  offline: OFFLINE,
  blocked: BLOCKED,
  rate: APPLICATION_ERROR,
  unsupported: APPLICATION_ERROR,
  refused: APPLICATION_ERROR,
  unknown: APPLICATION_ERROR,
  too_many: APPLICATION_ERROR,
  unavailable: APPLICATION_ERROR,
};

export const click2call: ApiRoute = {
  route: {
    name: 'click2call',
    paths: ['/forwarddialer/click2call.aspx'],
    methods: ['GET', 'POST'],
    changes: true,
  },
  mannerOf: ({ fields }) => ({ json: fields.word('format') === 'json' }),
  read,
  write,
};

function read({ fields, problem }: AnyRequest, settings: FacadeSettings | null): AskReading {
  if (problem !== null) return invalid('body', problem);
  const action = fields.word('action') ?? 'call';
  if (action !== 'terminate') return readOrder(action, fields, settings?.country ?? '');
  const extension = fields.text('phone');
  return extension === null ? missing('Phone') : asks({ kind: 'hang_up', extension });
}

function write(result: AskResult, { json }: Manner): FacadeReply {
  const [code, message, callId] = answerOf(result);
  if (json === true) return jsonReply({ ERRORCODE: code, ERRORMESSAGE: message, CALLID: callId });
  // The seed prints the number as a string too, and its PHP sample reads nothing but `<string>`.
  return xmlReply(writeResponse({ ERRORCODE: String(code), ERRORMESSAGE: message, CALLID: callId }));
}

type Answer = [code: number, message: string, callId: string];

function answerOf(result: AskResult): Answer {
  if (!result.ok) return [CODE_OF[result.failure.code], wordsOf(result.failure), ''];
  const { told } = result;
  if (told.kind === 'place') return [OK, 'OK', told.callId];
  if (told.kind === 'hang_up') return [OK, 'OK', told.callId ?? ''];
  return [APPLICATION_ERROR, wordsOf(WRONG_KIND), ''];
}
