/** Calls as they could be told, with numbers that are set aside for fiction. The same every time, for the documentation. */
import {
  OPEN_RECORDINGS,
  People,
  enrichCall,
  id,
  instant,
  restoreCall,
  type CallEventType,
  type CallId,
  type CallLeg,
  type AgentId,
  type ConnectionId,
  type EnrichedCall,
  type IvrInput,
} from '#domain';
import { sampleLeg } from '../endpoints/sample-call.js';

const IDS = {
  id: id<CallId>('019a9e5c-7a00-7000-8000-000000000000'),
  connectionId: id<ConnectionId>('019a9e5c-7a00-7000-8000-000000000001'),
  vendorCallId: '20261121092852022555eb61e755c08a',
};
const ENDED_AT = instant(Date.UTC(2026, 10, 21, 9, 30));
const RECORDINGS = [{ url: 'https://pbx.example/recordings/1.mp3' }];

const ENDED: CallLeg = sampleLeg(ENDED_AT);
const RANG_AT = ENDED.startedAt;
const RINGING: CallLeg = {
  ...ENDED,
  vendorStatus: 'Ringing',
  result: 'unknown',
  startedAt: null,
  ringSeconds: null,
  talkSeconds: null,
  heard: { ...ENDED.heard, rang: RANG_AT, live: RANG_AT, ended: null },
};
const TALKING_SINCE = instant(Date.UTC(2026, 10, 21, 9, 29));
const ANSWERED: CallLeg = {
  ...RINGING,
  vendorStatus: 'Talking',
  result: 'answered',
  heard: { ...RINGING.heard, answered: TALKING_SINCE, live: TALKING_SINCE },
};
const MISSED: CallLeg = { ...ENDED, vendorStatus: 'NOANSWER', result: 'missed', talkSeconds: 0, agent: null };

const INPUT: IvrInput = { menu: '3', layerNumber: 0, digits: '2' };
const IN_MENU: CallLeg = {
  ...RINGING,
  key: 'ivr',
  extension: null,
  agent: null,
  ivrPath: [
    { order: 0, layerId: INPUT.menu, layerName: 'Main', layerNumber: 0, digits: '2', at: TALKING_SINCE },
  ],
};
const WAITING: CallLeg = { ...RINGING, extension: null, agent: null, queue: { id: '7', name: 'Sales' } };
const SERVED: CallLeg = { ...ANSWERED, queue: WAITING.queue };

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

function told(leg: CallLeg): EnrichedCall {
  return enrichCall(restoreCall(IDS, { legs: [leg] }), {
    people: PEOPLE,
    recordings: OPEN_RECORDINGS,
    link: () => 'https://switchhook.example/recordings/k1.AZnlx6egAHCA',
  });
}

export const CALL_EXAMPLES: Readonly<Record<CallEventType, EnrichedCall & { input?: IvrInput }>> = {
  'call.ringing': told(RINGING),
  'ivr.input': { ...told(IN_MENU), input: INPUT },
  'queue.joined': told(WAITING),
  'queue.left': told(SERVED),
  'call.answered': told(ANSWERED),
  'call.ended': told(ENDED),
  'call.missed': told(MISSED),
  'call.updated': told({ ...ENDED, recordings: RECORDINGS }),
};
