import fc from 'fast-check';
import { instant } from '#domain';
import type { SiblingLine } from '#db';
import { covers, fateOf } from './gap-cover.js';

const FROM = instant(1_700_000_000_000);
const LOOKED_AT = instant(FROM + 3_000);
const gap = { from: FROM, lookedAt: LOOKED_AT };
const sibling = (traits: Partial<SiblingLine> = {}): SiblingLine => ({
  isUp: true,
  since: instant(FROM - 60_000),
  aliveAt: instant(LOOKED_AT + 60_000),
  parts: new Set(),
  ...traits,
});

describe('what became of a part that the PBX does not have any more', () => {
  it('is told by the other line, once that one keeps its end and all from before we looked', () => {
    expect(fateOf('a', sibling(), gap)).toBe('told');
    expect(fateOf('a', sibling({ parts: new Set(['a']) }), gap)).toBe('unknown');
    expect(fateOf('a', sibling({ aliveAt: LOOKED_AT }), gap)).toBe('unknown');
  });

  it('is told by nobody where there is no other line, or none that was open before the gap and is', () => {
    expect(fateOf('a', undefined, gap)).toBe('gone');
    expect(fateOf('a', sibling({ isUp: false }), gap)).toBe('gone');
    expect(fateOf('a', sibling({ since: FROM }), gap)).toBe('gone');
  });

  it('is waited for by one of two lines at most: each has a gap that ends as its socket opens', () => {
    const time = fc.integer({ min: 0, max: 30_000 });
    fc.assert(
      fc.property(time, time, time, time, (aliveA, gapA, aliveB, gapB) => {
        const a = { aliveAt: instant(FROM + aliveA), since: instant(FROM + aliveA + gapA) };
        const b = { aliveAt: instant(FROM + aliveB), since: instant(FROM + aliveB + gapB) };
        const isCovered = covers(sibling({ since: b.since }), a.aliveAt);
        expect(isCovered && covers(sibling({ since: a.since }), b.aliveAt)).toBe(false);
      }),
    );
  });
});
