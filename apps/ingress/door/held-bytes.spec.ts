import fc from 'fast-check';
import { GrowingBuffer } from './growing-buffer.js';
import { HeldBytes } from './held-bytes.js';

const rig = () => {
  const held = new HeldBytes({ total: 100, perSource: 50 });
  const given: string[] = [];
  const open = (name: string, source: string) =>
    held.open(source, ({ code }) => void given.push(`${name} ${code}`));
  return { held, given, open };
};

describe('what is held of requests', () => {
  it('of one source is bounded: the largest is given up, not the newcomer', () => {
    const { held, given, open } = rig();
    open('small', 'a').grow(10);
    open('large', 'a').grow(35);
    open('newcomer', 'a').grow(20);
    expect([given, held.bytes]).toEqual([['large ingress.too_much_at_once'], 30]);
  });

  it('of all sources is bounded: the source that holds most gives up its largest', () => {
    const { held, given, open } = rig();
    for (const source of ['a', 'b', 'c']) open(source, source).grow(source === 'b' ? 45 : 30);
    expect([given, held.bytes]).toEqual([['b ingress.busy'], 60]);
  });

  it('counts with all until it is answered, and with its source until it has arrived', () => {
    const { held, given, open } = rig();
    const first = open('first', 'a');
    first.grow(40);
    first.finish();
    open('second', 'a').grow(40);
    expect([given, held.bytes]).toEqual([[], 80]);
    first.release();
    first.release();
    expect(held.bytes).toBe(40);
  });

  it('that alone is too much is given up', () => {
    const { held, given, open } = rig();
    open('only', 'a').grow(51);
    expect([given, held.bytes]).toEqual([['only ingress.too_much_at_once'], 0]);
  });

  it('comes to nothing in the end, and is never more than may be held', () => {
    const step = fc.record({
      at: fc.nat(9),
      by: fc.integer({ min: 1, max: 60 }),
      what: fc.constantFrom('grow', 'finish', 'release', 'shrink'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const held = new HeldBytes({ total: 100, perSource: 50 });
        const holdings = Array.from({ length: 10 }, (_, at) => held.open(`s${at % 3}`, () => undefined));
        const finished = new Set<number>();
        for (const { at, by, what } of steps) {
          const holding = holdings[at];
          if (!holding || finished.has(at)) continue;
          if (what === 'grow') holding.grow(by);
          else if (what === 'shrink') holding.shrink(Math.min(by, holding.bytes));
          else {
            finished.add(at);
            holding[what]();
          }
          const own = holdings
            .filter((_, index) => !finished.has(index))
            .reduce((sum, { bytes }) => sum + bytes, 0);
          expect(Number.isFinite(own)).toBe(true);
          expect(held.bytes >= 0 && held.bytes <= 100).toBe(true);
        }
        for (const holding of holdings) holding.release();
        expect(held.bytes).toBe(0);
      }),
    );
  });
});

describe('a buffer that grows', () => {
  it('has what was added, in however many pieces, and takes memory for no more than twice of it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 3_000 })), (pieces) => {
        const buffer = new GrowingBuffer();
        const taken = pieces.reduce((sum, piece) => sum + buffer.add(piece), 0);
        const whole = Buffer.concat(pieces);
        expect(Buffer.compare(buffer.bytes, whole)).toBe(0);
        expect(taken).toBeLessThanOrEqual(Math.max(4_096, 2 * whole.length));
      }),
    );
  });

  it('never writes into a piece that it was given', () => {
    const first = Buffer.from('abc');
    const buffer = new GrowingBuffer();
    buffer.add(first.subarray(0, 1));
    buffer.add(Buffer.from('X'));
    expect([first.toString(), Buffer.from(buffer.bytes).toString()]).toEqual(['abc', 'aX']);
  });
});
