import fc from 'fast-check';
import { crowdOf } from './crowd.js';

const CHANCE = fc.double({ min: 0, max: 1, noNaN: true });

/** By going through every way in which the events may turn out. */
function reachedByCounting(chances: readonly number[], threshold: number): number {
  let sum = 0;
  for (let way = 0; way < 2 ** chances.length; way += 1) {
    let share = 1;
    let happened = 0;
    chances.forEach((chance, at) => {
      const happens = ((way >> at) & 1) === 1;
      share *= happens ? chance : 1 - chance;
      if (happens) happened += 1;
    });
    if (happened >= threshold) sum += share;
  }
  return sum;
}

it('few events are counted exactly, also those that are added', () => {
  fc.assert(
    fc.property(
      fc.array(CHANCE, { maxLength: 6 }),
      fc.array(CHANCE, { maxLength: 4 }),
      fc.integer({ min: -2, max: 12 }),
      (first, more, threshold) => {
        const crowd = crowdOf(first);
        more.forEach((chance) => crowd.add(chance));
        expect(crowd.reaches(threshold)).toBeCloseTo(reachedByCounting([...first, ...more], threshold), 9);
      },
    ),
  );
});

it('many events are near what exact counting says', () => {
  const chances = Array.from({ length: 90 }, (_, at) => 0.05 + 0.9 * ((at * 0.618) % 1));
  const exact = crowdOf([]);
  chances.forEach((chance) => exact.add(chance));
  const approximate = crowdOf(chances);
  for (let threshold = 35; threshold < 60; threshold += 1)
    expect(Math.abs(approximate.reaches(threshold) - exact.reaches(threshold))).toBeLessThan(0.003);
});
