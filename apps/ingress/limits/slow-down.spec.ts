import fc from 'fast-check';
import { SlowDown, waitMs, type SlowDownLimits } from './slow-down.js';

const LIMITS: SlowDownLimits = { slowAfterMs: 2_000, refuseAfterMs: 60_000 };

async function rig(behind: () => Promise<number>, limits = LIMITS) {
  const rested: number[] = [];
  const log = { warn: () => undefined, error: () => undefined } as never;
  const rest = (ms: number) => Promise.resolve(rested.push(ms));
  const slowDown = new SlowDown({ limits, behind, rest, log });
  await slowDown.look();
  return { slowDown, rested };
}

describe('the wait of an answer', () => {
  it.each([
    [0, 0],
    [2_000, 0],
    [4_000, 100],
    [12_000, 500],
    [3_600_000, 1_000],
  ])('is, where workers are %d ms late, %d ms', (behind, ms) => {
    expect(waitMs(behind, 2_000)).toBe(ms);
  });

  it('never shrinks as workers grow later, and has an end', () => {
    const ms = fc.integer({ min: 0, max: 1e8 });
    fc.assert(
      fc.property(ms, ms, fc.integer({ min: 1_000, max: 1e6 }), (one, more, slowAfterMs) => {
        const [less, longer] = [waitMs(one, slowAfterMs), waitMs(one + more, slowAfterMs)];
        return 0 <= less && less <= longer && longer <= 1_000;
      }),
    );
  });
});

describe('an ingress whose workers are late', () => {
  it('holds answers, and takes everything', async () => {
    const { slowDown, rested } = await rig(() => Promise.resolve(4_000));
    slowDown.admit();
    await slowDown.hold();
    expect(rested).toEqual([100]);
  });

  it('refuses when they are later than the operator allows, and says when to come again', async () => {
    const { slowDown } = await rig(() => Promise.resolve(60_000));
    const admit = () => Promise.resolve().then(() => slowDown.admit());
    await expect(admit()).rejects.toMatchObject({ status: 503, retryAfterSeconds: 10 });
  });

  it('refuses nothing where the operator set no limit', async () => {
    const { slowDown } = await rig(() => Promise.resolve(1e9), { ...LIMITS, refuseAfterMs: undefined });
    slowDown.admit();
  });

  it('holds nobody up while it cannot be asked how late they are', async () => {
    const { slowDown } = await rig(() => Promise.reject(new Error('away')));
    slowDown.admit();
    expect(slowDown.hold()).toBeUndefined();
  });
});
