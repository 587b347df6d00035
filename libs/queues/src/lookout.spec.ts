import { AWAKE_MS, Lookout } from './lookout.js';

/** Time that passes only by resting. */
function playedTime() {
  let now = 0;
  const rest = async (ms: number) => {
    now += ms;
    await Promise.resolve();
  };
  return { now: () => now, rest };
}

describe('Lookout', () => {
  /** @param found  whether one look after the other finds any, then none does; an Error is thrown */
  function lookout(found: (boolean | Error)[]) {
    const looks: number[] = [];
    const failures: unknown[] = [];
    const time = playedTime();
    const made: Lookout = new Lookout({
      look: () => {
        looks.push(time.now());
        const next = found.shift() ?? false;
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
      },
      failed: (error) => failures.push(error),
      time,
    });
    return { made, looks, failures, time };
  }

  /** Everything that follows without a timer. */
  const settled = () => new Promise(setImmediate);

  it('does not look before it was woken', async () => {
    const { looks } = lookout([true]);
    await settled();
    expect(looks).toEqual([]);
  });

  it('looks ever more seldom while there is nothing, and sleeps once nobody says any more that work is steady', async () => {
    const { made, looks } = lookout([true, false, true]);
    made.wake();
    await settled();
    const rests = looks.map((at, index) => at - (looks[index - 1] ?? 0));
    expect(rests.slice(0, 8)).toEqual([10, 10, 20, 10, 20, 40, 40, 40]);
    expect(looks.at(-1)).toBeGreaterThan(AWAKE_MS - 40);
    expect(looks.at(-1)).toBeLessThanOrEqual(AWAKE_MS);
    made.wake();
    await settled();
    expect(looks.at(-1)).toBeGreaterThan(2 * AWAKE_MS - 80);
  });

  it('does not go on by itself, however much it finds: who is rung for each need not look', async () => {
    const { made, looks } = lookout(Array.from({ length: 1_000 }, () => true));
    made.wake();
    await settled();
    expect(looks).toHaveLength(AWAKE_MS / 10);
  });

  it('goes on after a look that failed', async () => {
    const away = new Error('away');
    const { made, looks, failures } = lookout([away, true]);
    made.wake();
    await settled();
    expect(failures).toEqual([away]);
    expect(looks.slice(0, 3)).toEqual([10, 30, 40]);
  });

  it('looks no more once it was stopped', async () => {
    const { made, looks } = lookout([true]);
    await made.stop();
    made.wake();
    await settled();
    expect(looks).toEqual([]);
  });
});
