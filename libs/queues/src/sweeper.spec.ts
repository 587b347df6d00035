import { MAILBOX_KINDS } from './contract.js';
import type { Ringer } from './ringer.js';
import { Sweeper } from './sweeper.js';

describe('a sweeper', () => {
  let looks: string[];
  let looked: (() => void)[];
  let sweeper: Sweeper;

  beforeEach(() => {
    looks = [];
    looked = [];
    const due = (kind: string) => {
      looks.push(kind);
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

  it('looks again, for mailboxes of every kind, after a look that may have been too early', async () => {
    sweeper.start();
    sweeper.sweepNow();
    await settled();
    expect(looks).toEqual(['replay']);
    for (let more = 0; more < MAILBOX_KINDS.length; more += 1) {
      looked.forEach((resolve) => resolve());
      await settled();
    }
    expect(looks.slice(1).sort()).toEqual([...MAILBOX_KINDS].sort());
  });

  it('looks for nothing before it was started', async () => {
    sweeper.sweepNow();
    await settled();
    expect(looks).toEqual([]);
  });
});
