/** What CRMs are told of a call, in the order in which it can happen. */
export const CALL_EVENT_TYPES = [
  'call.ringing',
  'ivr.input',
  'queue.joined',
  'queue.left',
  'call.answered',
  'call.ended',
  'call.missed',
  'call.updated',
  'call.noted',
] as const;
export type CallEventType = (typeof CALL_EVENT_TYPES)[number];
