import { startFigures, startTable, type Start } from './start-figures.js';

const start = (ms: number): Start => ({ ms, cpuSeconds: ms / 1000, rssMb: 100, pssMb: 60 });

describe('the figures of START', () => {
  it('are medians, so that one slow start on a busy machine changes nothing', () => {
    const figures = startFigures('ingress', 1, [start(700), start(9_000), start(600)]);
    expect(figures).toMatchObject({ process: 'ingress', modules: 1, ms: 700, cpuSeconds: 0.7, pssMb: 60 });
    expect(figures.starts).toHaveLength(3);
  });

  it('are one line for each process', () => {
    const lines = startTable([startFigures('standalone', 20, [start(1_200)])]).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^standalone +1200 +1\.2 +20 +100 +60$/);
  });
});
