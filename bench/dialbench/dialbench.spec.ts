import { b1CellOf } from './b1.js';
import { cellOf } from './b0.js';
import { playB6 } from './b6.js';
import { optimumOf } from './optimum.js';
import { readDialBenchOptions } from './options.js';
import { textOf } from './report.js';

it('the optimum for one agent is above what one call at a time comes to, and below all of the time', () => {
  // A call takes 15 s and every other one is answered: 30 s until the next talk of 120 s.
  const oneByOne = 120 / (120 + 15 / 0.5);
  const optimum = optimumOf(1, 0.5);
  expect(optimum).toBeGreaterThan(oneByOne);
  expect(optimum).toBeLessThan(0.9);
});

it('the planner comes close to the optimum of the Markov world', () => {
  const cell = cellOf({ agents: 10, p: 0.3, days: 1, hours: 6 }, [1]);
  expect(cell.share).toBeGreaterThan(96);
  expect(cell.abandoned).toBeLessThanOrEqual(3);
  expect(cell.ticksAlone.share).toBeGreaterThan(95);
});

it('the planner is far above progressive in the realistic centre, with the target kept', () => {
  const { planner, adaptive, progressive } = b1CellOf(10, 0.3, [1], 4);
  expect(planner.utilisation).toBeGreaterThan(79);
  expect(planner.worstSeedAbandoned).toBeLessThanOrEqual(3);
  expect(adaptive.utilisation).toBeGreaterThan(74);
  expect(progressive.utilisation).toBeLessThan(68);
  expect(progressive.abandoned).toBe(0);
});

it('the same seed gives the same figures', () => {
  const play = () => cellOf({ agents: 5, p: 0.5, days: 1, hours: 1 }, [7]);
  expect(play()).toEqual(play());
});

it('a tenant that floods takes nothing from the others', () => {
  const { musts, figures } = playB6({ seed: 1, short: true, json: false, solve: false });
  expect(musts.filter(({ met }) => !met)).toEqual([]);
  expect(figures['othersLongestWaitS']).toBeLessThanOrEqual(10);
});

describe('the command line', () => {
  it('names a workload and has defaults for the rest', () => {
    expect(readDialBenchOptions(['b1', '--short'])).toEqual({
      workload: 'B1',
      options: { json: false, seed: 1, short: true, solve: false },
    });
    expect(readDialBenchOptions(['--help'])).toBeNull();
  });

  it.each([[[]], [['B0', 'B1']], [['B0', '--seed', 'x']], [['B0', '--fast']]])('%j is refused', (args) => {
    expect(() => readDialBenchOptions(args)).toThrow();
  });
});

it('a report is a table, bars and verdicts', () => {
  const text = textOf({
    figures: {},
    columns: ['a', 'share'],
    rows: [['1', '50']],
    bars: [{ label: '1', percent: 50 }],
    musts: [{ what: 'all is well', met: false }],
  });
  expect(text).toContain('a  share\n1     50');
  expect(text).toContain(`1 ${'█'.repeat(20)}${'·'.repeat(20)} 50.0`);
  expect(text).toContain('MISSED all is well');
});
