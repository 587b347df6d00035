import { Turns } from './turns.js';

/** A work that ends when it is told to. */
function held() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { ended, end };
}

describe('Turns', () => {
  it('lets one of a key at work at a time, in the order in which they came', async () => {
    const turns = new Turns<string>();
    const first = held();
    const did: string[] = [];
    const works = [
      turns.take('a', async () => {
        await first.ended;
        did.push('first');
      }),
      turns.take('a', () => Promise.resolve(did.push('second'))),
      turns.take('b', () => Promise.resolve(did.push('another'))),
    ];
    await works[2];
    expect([did, turns.count('a')]).toEqual([['another'], 2]);
    first.end();
    await Promise.all(works);
    expect(did).toEqual(['another', 'first', 'second']);
  });

  it('goes on after one that failed, and remembers nobody when all are done', async () => {
    const turns = new Turns<string>();
    const failing = turns.take('a', () => Promise.reject(new Error('no')));
    const next = turns.take('a', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
    await turns.take('a', () => Promise.resolve());
    await Promise.resolve();
    expect(turns.count('a')).toBe(0);
  });
});
