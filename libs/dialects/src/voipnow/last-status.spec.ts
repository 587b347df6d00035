import {
  foldCall,
  id,
  instant,
  normaliseLeg,
  type CallId,
  type CallLeg,
  type ConnectionId,
  type LegReport,
} from '#domain';
import { voipnow } from './voipnow.js';

const CONNECTION = { epochs: 'utc', timeZone: 'Asia/Jerusalem', country: 'IL' } as const;
const RINGING = {
  CallID: 'c1',
  CallerIDNum: '0501234567',
  CalledExtension: '0003*210',
  CallStatus: 'CALLING',
  CallFlow: 'IN',
  CallAPIID: 'a1',
};

function reportOf(fields: Record<string, string>, route: string): LegReport {
  const query = new URLSearchParams({ ...RINGING, ...fields }).toString();
  const reading = voipnow.read({ method: 'GET', route, query, headers: {}, body: new Uint8Array() }, {});
  if (!reading.ok || reading.reports[0] === undefined) throw new Error('unreachable');
  return reading.reports[0];
}

describe('the status of a call that is over', () => {
  const heard = (fields: Record<string, string>, route: string, at: number) =>
    normaliseLeg(reportOf(fields, route), CONNECTION, instant(at));
  const statusOf = (...legs: CallLeg[]) => {
    const ids = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId: 'a1' };
    const [there, back] = [legs, [...legs].reverse()].map(
      (all) => foldCall(null, all, ids).call.vendorStatus,
    );
    expect(back).toBe(there);
    return there;
  };
  const rang = heard({}, 'dial-in', 1_000);

  it.each(['ANSWER', 'BUSY', 'NOANSWER', 'CANCEL', 'CONGESTION', 'CHANUNAVAIL', 'UNKNOWN'])(
    'is that of its Hangup: %s',
    (CallStatus) => {
      const over = heard({ CallStatus }, 'hangup', 60_000);
      expect(statusOf(rang, over)).toBe(CallStatus);
      for (const said of ['CALLING', 'ANSWER', 'ZULU']) {
        const answered = heard({ CallStatus: said }, 'answer-in', 5_000);
        expect(statusOf(rang, answered, over)).toBe(CallStatus);
      }
    },
  );

  it('is that of whoever answered, in a ring group', () => {
    const other = { CalledExtension: '0003*211' };
    const group = [
      rang,
      heard(other, 'dial-in', 1_000),
      heard({ ...other, CallStatus: 'ANSWER' }, 'answer-in', 5_000),
      heard({ CallStatus: 'CANCEL' }, 'hangup', 5_000),
      heard({ ...other, CallStatus: 'ANSWER' }, 'hangup', 60_000),
    ];
    expect(statusOf(...group)).toBe('ANSWER');
  });
});
