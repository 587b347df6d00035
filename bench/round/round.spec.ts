import { readOptions } from '../options.js';
import { workloadNamed } from '../workloads/registry.js';
import { shownIn } from './figures-file.js';
import { ROUND, figureTable } from './round.js';

describe('a round of everything', () => {
  it.each(ROUND)('%s is a command that the bench knows', (words) => {
    const { workload = '' } = readOptions(words.split(' '));
    expect(workloadNamed(workload).name).toBe(words.split(' ')[0]);
  });

  it('is shown between the two marks of the page and nowhere else', () => {
    const page =
      'before\n<!-- figures: made by `npm run bench -- all` -->\nold\n<!-- end of figures -->\nafter\n';
    const figures = { at: '2026-11-28T00:00:00Z', commit: 'abc', machine: '2 cores', runs: [] };
    const shown = shownIn(page, figures);
    expect(shown).toMatch(/^before\n[^]*Measured 2026-11-28 at abc: 2 cores\.[^]*\nafter\n$/);
    expect(shown).not.toContain('old');
    expect(shownIn(shown, figures)).toBe(shown);
    expect(shown).toContain(figureTable(figures));
  });
});
