/** Calls as they could be told, with numbers that are set aside for fiction. */
import {
  NOTHING_HEARD,
  OPEN_RECORDINGS,
  People,
  enrichCall,
  id,
  instant,
  restoreCall,
  type AgentId,
  type CallEventType,
  type CallId,
  type CallLeg,
  type CallNews,
  type ConnectionId,
  type EnrichedCall,
  type Instant,
  type IvrInput,
  type ShownNote,
} from '#domain';
import { sampleLeg } from '../endpoints/sample-call.js';

const RECORDINGS = [{ url: 'https://pbx.example/recordings/1.mp3' }];
const INPUT: IvrInput = { menu: '3', layerNumber: 0, digits: '2' };
const NOTE: ShownNote = {
  id: '019a9e5c-7a00-7000-8000-000000000003',
  at: '2026-11-21T09:35:00.000Z',
  by: { kind: 'user', id: '019a9e5c-7a00-7000-8000-000000000004', name: 'Sample Agent' },
  text: 'Wants an offer by Monday.',
  outcome: 'interested',
};
const TALK_MS = 60_000;

const AGENT = {
  id: id<AgentId>('019a9e5c-7a00-7000-8000-000000000002'),
  name: 'Sample Agent',
  email: 'agent@example.com',
  code: '101',
};
const PEOPLE = new People(
  {
    agents: [AGENT],
    extensions: [{ number: '101', aliases: [], agentId: AGENT.id, label: 'Reception' }],
    queues: [],
    dids: [{ number: '+441632960002', label: 'Main number' }],
  },
  'GB',
);

/** What names a call. */
export interface SampleIds {
  id: CallId;
  connectionId: ConnectionId;
  vendorCallId: string;
}

export type CallExamples = Readonly<
  Record<CallEventType, EnrichedCall & Pick<CallNews, 'input' | 'ringing' | 'rang' | 'note'>>
>;

/** One call as each event of it could tell it. @param endedAt  when it ended */
export function callExamples(endedAt: Instant, ids: SampleIds): CallExamples {
  const { ended, ringing, answered } = phasesOf(endedAt);
  const { missed, waiting, served, inMenu } = turnsOf(endedAt);
  const rang = ['101'];
  const told = (leg: CallLeg): EnrichedCall =>
    enrichCall(restoreCall(ids, { legs: [leg] }), {
      people: PEOPLE,
      recordings: OPEN_RECORDINGS,
      link: () => 'https://switchhook.example/recordings/k1.AZnlx6egAHCA',
    });
  return {
    'call.ringing': { ...told(ringing), ringing: { leg: 'only', extension: '101', first: true }, rang },
    'ivr.input': { ...told(inMenu), input: INPUT },
    'queue.joined': told(waiting),
    'queue.left': told(served),
    'call.answered': { ...told(answered), rang },
    'call.ended': { ...told(ended), rang },
    'call.missed': { ...told(missed), rang },
    'call.updated': told({ ...ended, recordings: RECORDINGS }),
    'call.noted': { ...told(ended), notes: [NOTE], note: NOTE },
  };
}

function phasesOf(endedAt: Instant): Record<'ended' | 'ringing' | 'answered', CallLeg> {
  const ended = sampleLeg(endedAt);
  const rang = ended.startedAt;
  const ringing: CallLeg = {
    ...ended,
    vendorStatus: 'Ringing',
    result: 'unknown',
    startedAt: null,
    ringSeconds: null,
    talkSeconds: null,
    heard: { ...NOTHING_HEARD, rang, rangLast: rang, live: rang },
  };
  const talkingSince = instant(endedAt - TALK_MS);
  const answered: CallLeg = {
    ...ringing,
    vendorStatus: 'Talking',
    result: 'answered',
    heard: { ...ringing.heard, answered: talkingSince, live: talkingSince },
  };
  return { ended, ringing, answered };
}

/** What else can become of it. */
function turnsOf(endedAt: Instant): Record<'missed' | 'waiting' | 'served' | 'inMenu', CallLeg> {
  const { ended, ringing, answered } = phasesOf(endedAt);
  const { menu: layerId, layerNumber, digits } = INPUT;
  const at = instant(endedAt - TALK_MS);
  const queue = { id: '7', name: 'Sales' };
  return {
    missed: { ...ended, vendorStatus: 'NOANSWER', result: 'missed', talkSeconds: 0, agent: null },
    waiting: { ...ringing, extension: null, agent: null, queue },
    served: { ...answered, queue },
    inMenu: {
      ...ringing,
      key: 'ivr',
      extension: null,
      agent: null,
      ivrPath: [{ order: 0, layerId, layerName: 'Main', layerNumber, digits, at }],
    },
  };
}

/** The same every time, for the documentation. */
export const CALL_EXAMPLES = callExamples(instant(Date.UTC(2026, 10, 21, 9, 30)), {
  id: id<CallId>('019a9e5c-7a00-7000-8000-000000000000'),
  connectionId: id<ConnectionId>('019a9e5c-7a00-7000-8000-000000000001'),
  vendorCallId: '20261121092852022555eb61e755c08a',
});
