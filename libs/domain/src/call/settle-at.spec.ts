import { id, instant } from '../ids.js';
import type { CallId, ConnectionId } from '../ids.js';
import type { CallLeg } from './call.js';
import { closeCall } from './close-call.js';
import { foldCall } from './fold-call.js';
import { heard, leg } from './leg.fixture.js';
import { DEFAULT_TIMING, callTiming, settleAt } from './settle-at.js';

const ids = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const timing = { holdOffMs: 20_000, maxCallMs: 3_600_000 };
const settled = (...legs: CallLeg[]) => settleAt(foldCall(null, legs, ids).call, timing, instant(7));

describe('settleAt', () => {
  it('waits a moment for the other leg of a call in two steps', () => {
    expect(settled(leg({ leg: 'agent' }, 50_000))).toBe(70_000);
  });

  it('waits for the end of a call no longer than a call may last, since it was last heard of', () => {
    const rang = heard({ phase: 'ringing' }, 50_000);
    expect(settled(rang)).toBe(3_650_000);
    expect(settled(rang, heard({ phase: 'answered' }, 60_000))).toBe(3_660_000);
  });

  it('goes by receipt, not by a clock that may be wrong', () => {
    expect(settled(heard({ phase: 'ringing', startedEpochSeconds: 1 }, 50_000))).toBe(3_650_000);
  });

  it('waits a moment when all that is known was noted', () => {
    expect(settled(heard({ phase: 'noted' }, 50_000))).toBe(20_007);
  });

  it('waits for nothing once the end was told', () => {
    const call = foldCall(null, [leg()], ids).call;
    expect(settleAt(closeCall(call, instant(1)), timing, instant(7))).toBeNull();
  });
});

describe('callTiming', () => {
  it("takes the connection's longest call", () => {
    expect(callTiming({ maxCallSeconds: 600 })).toEqual({ ...DEFAULT_TIMING, maxCallMs: 600_000 });
  });

  it("takes the connection's hold-off", () => {
    expect(callTiming({ holdOffSeconds: 2 })).toEqual({ ...DEFAULT_TIMING, holdOffMs: 2_000 });
  });

  it.each([undefined, null, '600', 0, -1, Number.NaN, 1e9])('takes the defaults for %s', (seconds) => {
    expect(callTiming({ maxCallSeconds: seconds, holdOffSeconds: seconds })).toEqual(DEFAULT_TIMING);
  });
});
