import type { LegReport } from '#domain';

/** What a dialect says of a phone that rings, without times or lengths; say what matters. */
export function legReport(fields: Partial<LegReport> = {}): LegReport {
  return {
    phase: 'ringing',
    vendorCallId: 'v-1',
    leg: 'x101',
    vendorType: '',
    vendorStatus: '',
    direction: 'inbound',
    result: 'unknown',
    startedEpochSeconds: null,
    ringSeconds: null,
    queueSeconds: null,
    talkSeconds: null,
    from: '0501234567',
    to: '0722776772',
    did: null,
    extension: '101',
    agent: null,
    queue: null,
    department: null,
    price: null,
    recordings: [],
    ivrPath: [],
    customData: {},
    transferOf: null,
    ai: null,
    raw: {},
    ...fields,
  };
}
