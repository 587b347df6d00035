import { id, instant } from '../ids.js';
import type { CallId, ConnectionId } from '../ids.js';
import type { CallLeg } from './call.js';
import { closeCall } from './close-call.js';
import { foldCall } from './fold-call.js';
import { heard, leg } from './leg.fixture.js';
import { DEFAULT_TIMING, callTiming, settleAt } from './settle-at.js';

const ids = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const timing = { ...DEFAULT_TIMING, maxCallMs: 3_600_000 };
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

  it('waits longer for the CDR when phones rang in vain: the caller may be talking to a voicemail box', () => {
    const phone = (extension: string, result: 'missed' | 'answered') =>
      heard({ phase: 'ended', leg: `x${extension}`, result }, 50_000);
    expect(settled(phone('101', 'missed'), phone('102', 'missed'))).toBe(170_000);
    expect(settled(phone('101', 'missed'), phone('102', 'answered'))).toBe(70_000);
    expect(settled(phone('101', 'missed'), leg({ leg: 'agent', result: 'missed' }, 50_000))).toBe(70_000);
    expect(settled(heard({ phase: 'ended', leg: 'ivr', result: 'ivr_only' }, 50_000))).toBe(70_000);
  });

  describe('where no CDR follows', () => {
    const noCdr = callTiming({}, true);
    const held = (...legs: CallLeg[]) => settleAt(foldCall(null, legs, ids).call, noCdr, instant(7));
    const talked = heard({ phase: 'ended', leg: 'a@101', result: 'answered' }, 50_000);

    it('waits for a moment only when one phone took the call and hung up', () => {
      expect(held(talked)).toBe(53_000);
      expect(settled(talked)).toBe(70_000);
    });

    it('waits no longer than that for phones that rang in vain, as nothing else will be told', () => {
      const rang = heard({ phase: 'ended', leg: 'x101', result: 'missed' }, 50_000);
      expect(held(rang)).toBe(70_000);
    });

    it('waits for the next phone of a group when nobody took it', () => {
      expect(held(heard({ phase: 'ended', leg: 'a@101', result: 'missed' }, 50_000))).toBe(70_000);
    });

    it('waits when another phone had to do with it', () => {
      const other = heard({ phase: 'ended', leg: 'b@102', result: 'missed' }, 40_000);
      expect(held(talked, other)).toBe(70_000);
    });
  });

  describe('where every leg is told of, the caller’s too', () => {
    const everyLeg = callTiming({}, true, true);
    const held = (...legs: CallLeg[]) => settleAt(foldCall(null, legs, ids).call, everyLeg, instant(7));
    const caller = heard({ phase: 'ended', leg: '1.0', result: 'ivr_only' }, 50_000);

    it.each(['answered', 'missed', 'busy', 'abandoned', 'failed'] as const)(
      'waits for a moment only when none goes on: %s',
      (result) => {
        expect(held(caller, heard({ phase: 'ended', leg: '1.1', result }, 49_000))).toBe(53_000);
      },
    );

    it('waits while one does', () => {
      const rings = heard({ phase: 'ringing', leg: '1.0' }, 40_000);
      expect(held(rings, heard({ phase: 'ended', leg: '1.1', result: 'missed' }, 50_000))).toBe(
        40_000 + everyLeg.maxCallMs,
      );
    });

    it('waits no longer than the connection wants', () => {
      expect(callTiming({ holdOffSeconds: 1 }, true, true).holdOffMs).toBe(1_000);
      expect(callTiming({ holdOffSeconds: 60 }, true, true).holdOffMs).toBe(3_000);
    });
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
    expect(callTiming({ holdOffSeconds: 2 })).toEqual({
      ...DEFAULT_TIMING,
      holdOffMs: 2_000,
      takenHoldOffMs: 2_000,
      unansweredHoldOffMs: 12_000,
    });
  });

  it.each([undefined, null, '600', 0, -1, Number.NaN, 1e9])('takes the defaults for %s', (seconds) => {
    expect(callTiming({ maxCallSeconds: seconds, holdOffSeconds: seconds })).toEqual(DEFAULT_TIMING);
  });
});
