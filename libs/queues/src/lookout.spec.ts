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
        if (next instanceof Error) return Promise.reject(next);
        if (next) made.wake();
        return Promise.resolve(next);
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

  it('goes on while it finds something, looks ever more seldom while there is nothing, and sleeps then', async () => {
    const { made, looks } = lookout([true, false, true]);
    made.wake();
    await settled();
    const rests = looks.map((at, index) => at - (looks[index - 1] ?? 0));
    expect(rests).toEqual([10, 10, 20, 10, 20, 40, 40, 40, 40, 40, 40]);
    expect((looks.at(-1) ?? 0) - (looks[2] ?? 0)).toBeLessThanOrEqual(AWAKE_MS);
    made.wake();
    await settled();
    expect(looks.length).toBeGreaterThan(rests.length);
  });

  it('sleeps soon when it was rung for what came alone', async () => {
    const { made, looks } = lookout([]);
    made.wake();
    await settled();
    expect(looks).toEqual([10, 30, 70]);
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
