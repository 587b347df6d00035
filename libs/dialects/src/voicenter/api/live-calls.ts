/** Who is talking, and who waits (seed section 7; the vendor's newer documents for the further fields). */
import {
  toEpoch,
  type AskResult,
  type Call,
  type Direction,
  type EpochReading,
  type Instant,
  type ToldCall,
  type ToldExtension,
  type ToldQueue,
} from '#domain';
import type { FacadeReply, FacadeSettings, Manner } from '../../facade.js';
import { asks, invalid, type ApiRoute } from './api-route.js';
import { cometFailure, cometReply } from './comet-reply.js';
import { WRONG_KIND } from './failure-words.js';

const UTC: EpochReading = { epochs: 'utc', timeZone: 'UTC' };
const SECOND = 1000;
/** The vendor's number of an agent who is logged out; where nobody is, nobody is logged in. */
const LOGGED_OUT = 2;

const PEER_STATUS: Readonly<Record<ToldExtension['device'], string>> = {
  reachable: 'Reachable',
  unreachable: 'Unreachable',
  unknown: 'Unknown',
};
const DIRECTION_WORD: Readonly<Record<Direction, string>> = {
  inbound: 'Incoming',
  outbound: 'Outgoing',
  internal: 'Internal',
};

export const extensionCalls: ApiRoute = {
  route: {
    name: 'extension-calls',
    paths: ['/comet/api/getextensionscalls'],
    methods: ['GET', 'POST'],
    changes: false,
  },
  read: ({ fields, problem }) => {
    if (problem !== null) return invalid('body', problem);
    const extension = fields.text('extension');
    return asks({ kind: 'live_calls', ...(extension !== null && { extension }) });
  },
  write: writeExtensions,
};

export const queueCallers: ApiRoute = {
  route: {
    name: 'queue-callers',
    paths: ['/comet/api/getqueuescallers'],
    methods: ['GET', 'POST'],
    changes: false,
  },
  read: ({ fields, problem }) => {
    if (problem !== null) return invalid('body', problem);
    const queue = fields.text('queue', 'queueid');
    return asks({ kind: 'live_queues', ...(queue !== null && { queue }) });
  },
  write: writeQueues,
};

function writeExtensions(result: AskResult, _manner: Manner, settings: FacadeSettings | null): FacadeReply {
  if (!result.ok) return cometFailure(result.failure);
  const { told } = result;
  if (told.kind !== 'live_calls') return cometFailure(WRONG_KIND);
  const epoch = epochBy(settings);
  return cometReply({
    EXTENSIONS: told.extensions.map((extension) => extensionOf(extension, told.at, epoch)),
  });
}

function writeQueues(result: AskResult, _manner: Manner, settings: FacadeSettings | null): FacadeReply {
  if (!result.ok) return cometFailure(result.failure);
  const { told } = result;
  if (told.kind !== 'live_queues') return cometFailure(WRONG_KIND);
  const epoch = epochBy(settings);
  return cometReply({ QUEUES: told.queues.map((queue) => queueOf(queue, told.at, epoch)) });
}

type Epoch = (at: Instant) => number;

function epochBy(settings: FacadeSettings | null): Epoch {
  return (at) => Math.floor(toEpoch(at, settings ?? UTC));
}

function extensionOf(told: ToldExtension, at: Instant, epoch: Epoch): object {
  const { agent, status } = told;
  const online = agent !== null && status !== null && status !== LOGGED_OUT;
  return {
    name: told.name,
    representative: agent?.name ?? '',
    peerstatus: PEER_STATUS[told.device],
    username: told.extension,
    extensionID: told.number,
    // Clients keep extensions by this number, so each has one.
    userID: agent?.number ?? told.number,
    onlineUserID: online ? agent.number : 0,
    onlineUserStatus: status ?? LOGGED_OUT,
    calls: told.calls.map((call) => callOf(call, at, epoch)),
  };
}

/** Times in the seed's spelling, and in that of the vendor's newer documents: clients read either. */
function callOf({ call, callId }: ToldCall, at: Instant, epoch: Epoch): object {
  const started = epoch(call.startedAt ?? call.answeredAt ?? at);
  const answered = call.answeredAt === null ? 0 : epoch(call.answeredAt);
  const phone = phoneOf(call);
  return {
    callername: phone,
    callerphone: phone,
    callstarted: started,
    callStarted: started,
    callanswered: answered,
    callAnswered: answered,
    answered: call.answeredAt === null ? 0 : 1,
    callstatus: call.answeredAt === null ? 'Ringing' : 'Talking',
    ivrid: callId,
    direction: DIRECTION_WORD[call.direction],
    did: call.did?.original ?? '',
    customdata: call.customData,
    recording: { Filename: fileOf(call.recordings[0]?.url ?? ''), IsMuted: 0 },
  };
}

/** The file's own name: what stands behind it in a URL may be a right to it. */
function fileOf(url: string): string {
  return (
    url
      .replace(/[?#].*$/s, '')
      .split('/')
      .at(-1) ?? ''
  );
}

/** The party outside, as it was printed but for a plus, which the vendor never writes. */
function phoneOf({ direction, from, to }: Pick<Call, 'direction' | 'from' | 'to'>): string {
  const { original, e164 } = direction === 'inbound' ? from : to;
  return e164 !== null && original.trim().startsWith('+') ? e164.slice(1) : original;
}

function queueOf({ number, name, callers }: ToldQueue, at: Instant, epoch: Epoch): object {
  return {
    Name: name,
    ID: number,
    Weight: 0,
    Callers: callers.map(({ call, joinedAt }) => ({
      Phone: phoneOf(call.call),
      CallID: call.callId,
      JoinTime: epoch(joinedAt),
      Duration: Math.max(0, Math.floor((at - joinedAt) / SECOND)),
    })),
  };
}
