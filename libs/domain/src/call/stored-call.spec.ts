import { id, instant, type CallId, type ConnectionId } from '../ids.js';
import type { CallLeg } from './call.js';
import { foldCall } from './fold-call.js';
import { heard } from './leg.fixture.js';
import { restoreCall, storedCall, toldOf, type StoredCall } from './stored-call.js';

const ids = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const x101 = { leg: 'x101', extension: '101' };
const rang = heard({ phase: 'ringing', ...x101 }, 10_000);
const stopped = heard({ phase: 'ended', ...x101, result: 'missed' }, 20_000);
const again = heard({ phase: 'ringing', ...x101 }, 30_000);

/** As builds kept a leg that listened less closely. */
function asBefore(leg: CallLeg): CallLeg {
  const { start, rang, answered, live, ended, elsewhere } = leg.heard;
  return { ...leg, heard: { start, rang, answered, live, ended, elsewhere } as CallLeg['heard'] };
}

describe('a call that an earlier build kept', () => {
  const { call } = foldCall(null, [rang, stopped], ids);
  const kept = { legs: call.legs.map(asBefore), closedAt: null, told: ['call.ringing'] } as StoredCall;

  it('is read as it was, and goes on by the rules of this one', () => {
    const read = restoreCall(ids, JSON.parse(JSON.stringify(kept)) as StoredCall);
    expect(read).toMatchObject({ state: 'ended', result: 'missed', startedAt: 10_000, endedAt: 20_000 });
    expect(foldCall(read, [again], ids).call).toMatchObject({ state: 'ended', endedAt: 20_000 });
  });

  it('has told of every phone that it knew of', () => {
    expect(toldOf(kept)).toEqual({ types: ['call.ringing'], rang: ['101'] });
    expect(toldOf({ legs: kept.legs })).toEqual({ types: [], rang: [] });
  });
});

describe('a call that is kept', () => {
  it('is read as it was', () => {
    const { call } = foldCall(null, [rang, stopped, again], ids);
    const told = { types: ['call.ringing'], rang: ['101'] } as const;
    const stored = JSON.parse(
      JSON.stringify(storedCall({ ...call, closedAt: instant(9) }, told)),
    ) as StoredCall;
    expect(restoreCall(ids, stored).legs).toEqual(call.legs);
    expect(toldOf(stored)).toEqual(told);
  });
});
