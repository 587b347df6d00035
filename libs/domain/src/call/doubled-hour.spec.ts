import { webhookLag } from '../connection/webhook-lag.js';
import { id, instant, type CallId, type ConnectionId } from '../ids.js';
import type { CallLeg } from './call.js';
import { foldCall } from './fold-call.js';
import type { LegReport } from './leg-report.js';
import { leg } from './leg.fixture.js';
import { normaliseLeg } from './normalise-leg.js';

const ids = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
/** 2026-10-25, when the clock of Jerusalem goes from 02:00 back to 01:00. */
const HALF_PAST_ONE = Date.parse('2026-10-25T01:30:00Z') / 1000;
const at = (text: string) => instant(Date.parse(text));

function heard(said: Partial<LegReport>, receivedAt: string): CallLeg {
  const plain = { phase: 'ended', leg: 'only', vendorStatus: 'ANSWER', result: 'answered' } as const;
  const { from, to, did, ...facts } = leg();
  const report = { ...facts, ...plain, vendorCallId: 'v-1', startedEpochSeconds: HALF_PAST_ONE, ...said };
  const parties = { from: from.original, to: to.original, did: did?.original ?? null };
  const connection = { epochs: 'local', timeZone: 'Asia/Jerusalem', country: 'IL' } as const;
  return normaliseLeg({ ...report, ...parties }, connection, at(receivedAt));
}

const fold = (...legs: CallLeg[]) => foldCall(null, legs, ids).call;
const FIRST = at('2026-10-24T22:30:00Z');
const SECOND = at('2026-10-24T23:30:00Z');

describe('the hour that the clock shows twice', () => {
  it.each([
    ['first', '2026-10-24T22:31:06Z', FIRST],
    ['second', '2026-10-24T23:31:06Z', SECOND],
  ])('is the %s one when the CDR comes right after it', (_, received, startedAt) => {
    expect(fold(heard({}, received))).toMatchObject({ startedAt, endedAt: startedAt + 65_000 });
  });

  it('stays the first one when the CDR of then is repeated, in whatever order they are read', () => {
    const [now, again] = [heard({}, '2026-10-24T22:31:06Z'), heard({}, '2026-10-24T23:45:00Z')];
    expect(fold(now, again).startedAt).toBe(FIRST);
    expect(fold(again, now).startedAt).toBe(FIRST);
  });

  it.each(['ringing', 'answered'] as const)('is told apart by a popup as well: %s', (phase) => {
    const popup = { phase, leg: 'x101', ringSeconds: null, talkSeconds: null } as const;
    expect(fold(heard(popup, '2026-10-24T22:30:01Z')).startedAt).toBe(FIRST);
    expect(fold(heard(popup, '2026-10-24T23:30:01Z')).startedAt).toBe(SECOND);
  });

  it('makes no clock seem wrong', () => {
    for (const received of ['2026-10-24T22:31:06Z', '2026-10-24T23:31:06Z']) {
      expect(webhookLag([heard({}, received)], at(received))).toBe(1);
    }
  });
});
