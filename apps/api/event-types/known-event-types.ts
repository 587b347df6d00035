/** Every type of event that this build tells, and what it means. */
export const KNOWN_EVENT_TYPES = [
  { type: 'call.ended', about: 'A call is over: its first full record.' },
  {
    type: 'call.updated',
    about: 'More became known of a call that is over, such as a recording or another leg.',
  },
  { type: 'endpoint.test', about: 'A sample that you asked for; its data has `test: true`.' },
] as const;

export const TEST_EVENT_TYPE = 'endpoint.test';
