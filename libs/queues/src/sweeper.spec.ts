import type { Ringer } from './ringer.js';
import { Sweeper } from './sweeper.js';

describe('a sweeper', () => {
  let looks: number;
  let looked: (() => void)[];
  let sweeper: Sweeper;

  beforeEach(() => {
    looks = 0;
    looked = [];
    const due = () => {
      looks += 1;
      return new Promise<string[]>((resolve) => looked.push(() => resolve([])));
    };
    sweeper = new Sweeper('replay', due, { ring: () => undefined } as unknown as Ringer, undefined as never);
  });
  afterEach(async () => {
    const stopped = sweeper.stop();
    looked.forEach((resolve) => resolve());
    await stopped;
  });

  const settled = () => new Promise(setImmediate);

  it('looks again when it is told to, after a look that may have been too early', async () => {
    sweeper.start();
    sweeper.sweepNow();
    await settled();
    expect(looks).toBe(1);
    looked.forEach((resolve) => resolve());
    await settled();
    expect(looks).toBe(2);
  });

  it('looks for nothing before it was started', async () => {
    sweeper.sweepNow();
    await settled();
    expect(looks).toBe(0);
  });
});
