import {
  CALL_EVENT_TYPES,
  OPERATIONAL_EVENT_TYPES,
  type CallEventType,
  type OperationalEventType,
} from '#domain';
import { CALL_EXAMPLES } from './call-examples.js';
import { IVR_INPUT, NAMED_ID, NOTE, RANG, RINGING, callSchema, type JsonSchema } from './call-schema.js';
import { OPERATIONAL_EVENTS } from './operational-events.js';

export const TEST_EVENT_TYPE = 'endpoint.test';

export interface KnownEventType {
  type: CallEventType | OperationalEventType | typeof TEST_EVENT_TYPE;
  description: string;
  /** Of the schema: grows when a member changes its meaning or goes, not when one is added. */
  version: number;
  /** JSON Schema of the event's `data`. */
  schema: JsonSchema;
  example: Record<string, unknown>;
}

const CALL_EVENTS: Record<CallEventType, { description: string; narrower?: Record<string, JsonSchema> }> = {
  'call.ringing': {
    description:
      'A call began to ring: `ringing` says where. Once for the call, and once for each further extension that begins to ring ' +
      'before anybody answers; only where the PBX tells of it while it happens.',
    narrower: { state: { const: 'ringing' }, ringing: RINGING, rang: RANG },
  },
  'ivr.input': {
    description:
      'A caller in a menu pressed something, or nothing in time: `input` says where and what. Once for each step, and only ' +
      'where the PBX tells of it while it happens; `ivrPath` has all steps so far.',
    narrower: { input: IVR_INPUT },
  },
  'queue.joined': {
    description:
      'A call came into a queue, as far as is known the first one. Once a call. Where the PBX tells of it only when the call ' +
      'is over, right before `queue.left` and `call.ended`, with the time at which it happened.',
    narrower: { queue: NAMED_ID },
  },
  'queue.left': {
    description: 'A call left its queue: somebody answered, or it ended. Once a call, after `queue.joined`.',
    narrower: { queue: NAMED_ID },
  },
  'call.answered': {
    description:
      'Somebody answered. Once a call, whoever it is handed on to later. The other extensions in `rang` have stopped ringing.',
    narrower: { state: { const: 'answered' }, rang: RANG },
  },
  'call.ended': {
    description:
      'A call is over, with everything that is known of it. Once a call. It waits a moment for a second leg that the PBX ' +
      'reports apart; a call whose end never comes is closed after the longest call time, with the result `unknown`.',
    narrower: { state: { const: 'ended' }, rang: RANG },
  },
  'call.missed': {
    description: 'Somebody called and nobody answered, on no extension. Once, right after `call.ended`.',
    narrower: { state: { const: 'ended' }, direction: { const: 'inbound' }, rang: RANG },
  },
  'call.updated': {
    description:
      'More became known of a call that is over: a recording, a transcript, a price, a further leg.',
    narrower: { state: { const: 'ended' } },
  },
  'call.noted': {
    description:
      'Somebody wrote something about a call, or said what came of it: `note` says what and who, `notes` has all of them. At any ' +
      'time, also long after its end.',
    narrower: { note: NOTE },
  },
};

/** Every type of event that this build tells, in the order in which they can happen to a call. */
export const KNOWN_EVENT_TYPES: readonly KnownEventType[] = [
  ...CALL_EVENT_TYPES.map((type) => ({
    type,
    description: CALL_EVENTS[type].description,
    version: 1,
    schema: callSchema(CALL_EVENTS[type].narrower),
    example: { ...CALL_EXAMPLES[type] },
  })),
  ...OPERATIONAL_EVENT_TYPES.map((type) => ({
    type,
    version: 1,
    ...OPERATIONAL_EVENTS[type],
  })),
  {
    type: TEST_EVENT_TYPE,
    description: 'A sample that you asked for; its data has `test: true`.',
    version: 1,
    schema: callSchema({ test: { const: true } }),
    example: { ...CALL_EXAMPLES['call.ended'], test: true },
  },
];
