import fc from 'fast-check';
import { Crew } from './crew.js';

interface Sailor {
  seat: number;
  aborted: boolean;
  abort(): void;
}

function sailor(crew: Crew<Sailor>): Sailor {
  const self: Sailor = {
    seat: 0,
    aborted: false,
    abort: () => {
      self.aborted = true;
      crew.leave(self);
    },
  };
  return self;
}

describe('Crew', () => {
  it('aborts exactly those who are aboard, whoever left before in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), fc.nat(30), (leaving, count) => {
        const crew = new Crew<Sailor>();
        const aboard = Array.from({ length: count }, () => sailor(crew));
        for (const each of aboard) crew.join(each);
        const left: Sailor[] = [];
        for (const pick of leaving) {
          if (aboard.length === 0) break;
          const [one] = aboard.splice(pick % aboard.length, 1);
          if (one === undefined) break;
          crew.leave(one);
          left.push(one);
        }
        crew.abortAll();
        expect(aboard.every((each) => each.aborted)).toBe(true);
        expect(left.some((each) => each.aborted)).toBe(false);
      }),
    );
  });
});
