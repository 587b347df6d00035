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
  /** @param found  what one look after the other finds, then nothing; an Error is thrown */
  function lookout(found: (string[] | Error)[]) {
    const asked: string[] = [];
    const looks: number[] = [];
    const failures: unknown[] = [];
    const time = playedTime();
    const made: Lookout = new Lookout({
      look: () => {
        looks.push(time.now());
        const next = found.shift() ?? [];
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
      },
      ask: (ids) => {
        asked.push(...ids);
        made.wake();
        return Promise.resolve();
      },
      failed: (error) => failures.push(error),
      time,
    });
    return { made, asked, looks, failures, time };
  }

  /** Everything that follows without a timer. */
  const settled = () => new Promise(setImmediate);

  it('does not look before it was woken', async () => {
    const { looks } = lookout([['a']]);
    await settled();
    expect(looks).toEqual([]);
  });

  it('asks for what it finds, looks ever more seldom while there is nothing, and sleeps then', async () => {
    const { made, asked, looks } = lookout([['a'], [], ['b']]);
    made.wake();
    await settled();
    expect(asked).toEqual(['a', 'b']);
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
    const { made, asked, failures } = lookout([away, ['a']]);
    made.wake();
    await settled();
    expect([asked, failures]).toEqual([['a'], [away]]);
  });

  it('looks no more once it was stopped', async () => {
    const { made, looks } = lookout([['a']]);
    await made.stop();
    made.wake();
    await settled();
    expect(looks).toEqual([]);
  });
});
