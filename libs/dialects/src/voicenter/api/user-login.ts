/** Logging agents in and out, and what they may be in between (seed section 10). */
import type { AgentStanding, AskFailure } from '#domain';
import type { FacadeReply } from '../../facade.js';
import type { AnyRequest } from '../../content/any-request.js';
import { asks, invalid, missing, type ApiRoute, type AskReading } from './api-route.js';
import { WRONG_KIND, wordsOf } from './failure-words.js';
import { jsonReply } from './replies.js';

/** The vendor's numbers; their names are each organisation's own. Only who is logged in is called. */
const STANDING_OF: ReadonlyMap<number, AgentStanding> = new Map([
  [1, 'available'],
  [2, 'away'],
  ...[3, 4, 5, 7, 9, 11, 12, 13].map((status): [number, AgentStanding] => [status, 'paused']),
]);

/** Seed 10, "Response parameters", `Status`. */
const OK = 1;
const UNAUTHORISED = 2;
const PARAMETERS = 3;
const LOGIN_ERROR = 4;
const OTHER_ERROR = 5;

interface Verdict {
  status: number;
  /** `StatusError`: what went wrong within the status; 1 of a login is that it was changed. */
  error: number;
}

const VERDICT_OF: Readonly<Record<AskFailure['code'], Verdict>> = {
  unauthorised: { status: UNAUTHORISED, error: 0 },
  address: { status: UNAUTHORISED, error: 0 },
  invalid: { status: PARAMETERS, error: 6 },
  not_found: { status: PARAMETERS, error: 0 },
  offline: { status: LOGIN_ERROR, error: 4 },
  blocked: { status: LOGIN_ERROR, error: 4 },
  refused: { status: LOGIN_ERROR, error: 4 },
  unsupported: { status: OTHER_ERROR, error: 6 },
  unknown: { status: OTHER_ERROR, error: 6 },
  rate: { status: OTHER_ERROR, error: 6 },
  too_many: { status: OTHER_ERROR, error: 6 },
  unavailable: { status: OTHER_ERROR, error: 6 },
};

export const setStatus: ApiRoute = {
  route: {
    name: 'set-status',
    paths: ['/userlogin/setstatusfromapi'],
    methods: ['GET', 'POST'],
    changes: true,
  },
  read: readStatus,
  write: (result) => {
    if (!result.ok) return failure(result.failure);
    const { told } = result;
    if (told.kind !== 'set_agent_state') return failure(WRONG_KIND);
    return statusReply({ status: OK, error: told.changed ? 1 : 0 }, 'OK');
  },
};

export const statusList: ApiRoute = {
  route: {
    name: 'status-list',
    paths: ['/userlogin/getstatuseslist'],
    methods: ['GET', 'POST'],
    changes: false,
  },
  read: ({ problem }) => (problem === null ? asks({ kind: 'agent_statuses' }) : invalid('body', problem)),
  write: (result) => {
    if (!result.ok) return failure(result.failure, { Statuses: [] });
    const { told } = result;
    if (told.kind !== 'agent_statuses') return failure(WRONG_KIND, { Statuses: [] });
    return jsonReply({
      Statuses: told.statuses.map(({ status, name, color }) => ({ ID: status, Name: name, Color: color })),
    });
  },
};

function readStatus({ fields, problem }: AnyRequest): AskReading {
  if (problem !== null) return invalid('body', problem);
  const agent = fields.text('userid');
  const extension = fields.text('extensionuser', 'sipid');
  if (agent === null && extension === null) return missing('UserID');
  const status = fields.whole('status');
  if (!fields.has('status')) return missing('Status');
  const standing = status === null ? undefined : STANDING_OF.get(status);
  if (status === null || standing === undefined) return invalid('status', 'Status not support');
  return asks({ kind: 'set_agent_state', agent, extension, standing, status });
}

function failure(why: AskFailure, more: object = {}): FacadeReply {
  return statusReply(VERDICT_OF[why.code], wordsOf(why), more);
}

/** The message by both its names: one is in the seed, and the other is what the vendor sends. */
function statusReply({ status, error }: Verdict, message: string, more: object = {}): FacadeReply {
  return jsonReply({
    Status: status,
    StatusError: error,
    StatusErrorMessage: message,
    StatusErroMessage: message,
    ...more,
  });
}
