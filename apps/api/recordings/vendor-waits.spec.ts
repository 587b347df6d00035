import { describe, expect, it } from '@jest/globals';
import { id, instant, type AppError, type ConnectionId } from '#domain';
import { VendorWaits } from './vendor-waits.js';

const PBX = id<ConnectionId>('pbx');
const OTHER = id<ConnectionId>('other');
const at = (ms: number) => instant(ms);

function refusal(enter: () => unknown): Partial<AppError> {
  try {
    enter();
  } catch (error) {
    const { status, code, retryAfterSeconds } = error as AppError;
    return { status, code, retryAfterSeconds };
  }
  return {};
}

describe('VendorWaits', () => {
  it('keeps everybody from a PBX that asks for peace, until it is over, and from no other', () => {
    const waits = new VendorWaits();
    expect(waits.restUntil(PBX, at(10_500), at(1_000)).retryAfterSeconds).toBe(10);
    expect(refusal(() => waits.enter(PBX, at(9_000)))).toEqual({
      status: 429,
      code: 'recording.wait',
      retryAfterSeconds: 2,
    });
    expect(refusal(() => waits.enter(OTHER, at(9_000)))).toEqual({});
    expect(refusal(() => waits.enter(PBX, at(10_500)))).toEqual({});
  });

  it('reads sixteen recordings of one PBX at once; a place that is given back twice is given back once', () => {
    const waits = new VendorWaits();
    const places = Array.from({ length: 16 }, () => waits.enter(PBX, at(0)));
    expect(refusal(() => waits.enter(PBX, at(0))).status).toBe(429);
    expect(refusal(() => waits.enter(OTHER, at(0)))).toEqual({});
    places[0]?.();
    places[0]?.();
    waits.enter(PBX, at(0));
    expect(refusal(() => waits.enter(PBX, at(0))).status).toBe(429);
  });
});
