import type { BenchResult } from '../result.js';
import { ratioTable, ratiosOf } from './ratios.js';

const latency = (p50: number) => ({ p50, p95: p50 * 2, p99: p50 * 3, max: p50 * 4 });

function result(given: Partial<BenchResult>): BenchResult {
  return {
    workload: 'W1',
    queue: 'redis',
    rate: 100,
    seconds: 1,
    accepted: 100,
    delivered: 100,
    lost: 0,
    duplicates: 0,
    outOfOrder: 0,
    eventsPerSecond: 100,
    ingestMs: latency(2),
    endToEndMs: latency(10),
    cpuSecondsPer1000: 1,
    rssMb: { ingress: 100, enricher: 50, postgres: 500, load: 70 },
    statementsPerEvent: 4,
    jobsPerEvent: 1,
    refused: 0,
    statuses: { 200: 100 },
    acceptedPerSecond: 100,
    cpuSecondsPer1000Of: {},
    cpuSecondsPer1000OfServer: 2,
    statementsPerEventOf: {},
    jobsPerEventOf: {},
    walBytesPerEvent: 9000,
    badSignatures: 0,
    ...given,
  };
}

describe('a comparison', () => {
  it('is of the medians of the runs, ours over theirs', () => {
    const base = [result({ jobsPerEvent: 1 }), result({ jobsPerEvent: 9 }), result({ jobsPerEvent: 2 })];
    const own = [result({ jobsPerEvent: 0.4 }), result({ jobsPerEvent: 0.6 })];
    expect(ratiosOf(base, own)).toContainEqual({ figure: 'jobs per event', base: 2, own: 0.5, ratio: 0.25 });
  });

  it('counts the memory of the product alone', () => {
    const own = result({ rssMb: { ingress: 60, enricher: 15, postgres: 9000, sink: 3 } });
    expect(ratiosOf([result({})], [own])).toContainEqual({
      figure: 'memory MB of all processes',
      base: 150,
      own: 75,
      ratio: 0.5,
    });
  });

  it('has no ratio to nothing', () => {
    const ratios = ratiosOf([result({})], [result({ lost: 3 })]);
    expect(ratios).toContainEqual({ figure: 'lost', base: 0, own: 3, ratio: null });
    const table = ratioTable(ratios, { base: 'abc123', own: 'this build' });
    expect(table).toContain('abc123  this build  ratio');
    expect(table).not.toMatch(/NaN|null|Infinity/);
  });
});
