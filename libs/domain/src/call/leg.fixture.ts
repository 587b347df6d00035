import { instant } from '../ids.js';
import type { CallLeg } from './call.js';
import type { LegReport } from './leg-report.js';
import { normaliseLeg } from './normalise-leg.js';

const connection = { epochs: 'utc', timeZone: 'Asia/Jerusalem', country: 'IL' } as const;

/** A leg as one message tells of it: say what matters. By default a CDR of an answered incoming call. */
export function leg(said: Partial<LegReport> = {}, receivedAt = 2_000_000): CallLeg {
  return normaliseLeg(
    {
      phase: 'ended',
      vendorCallId: 'v-1',
      leg: 'only',
      vendorType: 'Incoming Call',
      vendorStatus: 'ANSWER',
      direction: 'inbound',
      result: 'answered',
      startedEpochSeconds: 1000,
      ringSeconds: 5,
      queueSeconds: null,
      talkSeconds: 60,
      from: '0722776772',
      to: 'AAPINFzL',
      did: null,
      extension: null,
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
      ...said,
    },
    connection,
    instant(receivedAt),
  );
}

/** A leg of a running call, from a PBX that tells neither times nor lengths, as VoipNow does not. */
export function heard(said: Partial<LegReport> & Pick<LegReport, 'phase'>, receivedAt: number): CallLeg {
  const known = { startedEpochSeconds: null, ringSeconds: null, talkSeconds: null, vendorType: '' };
  const result = said.phase === 'answered' ? 'answered' : 'unknown';
  return leg({ ...known, vendorStatus: '', result, ...said }, receivedAt);
}
