import { readOptions } from '../options.js';
import { growthTable, notFlat, type GrowthPoint, type StatementPerEvent } from './growth-point.js';
import { assertSpace, deadEndpointsOf, readSizes, spaceFor } from './growth-sizes.js';
import { statementsIn } from './plan-window.js';
import { costsByName, withoutConstants } from './statement-costs.js';

describe('sizes of the tables', () => {
  it('are tenants, what waits, and rows, by default those of the promise, with --small a hundredth', () => {
    const largest = (args: string[]) => readOptions(['GROWTH', ...args]).options.sizes.at(-1);
    expect(largest([])).toEqual({ tenants: 10_000, waiting: 1_000_000, rows: 50_000_000 });
    expect(largest(['--small'])).toEqual({ tenants: 100, waiting: 10_000, rows: 500_000 });
    expect(largest(['--sizes', '1:0:0,7:2k:3M'])).toEqual({ tenants: 7, waiting: 2_000, rows: 3_000_000 });
    expect(deadEndpointsOf({ waiting: 1_000_000 })).toBe(1_000);
  });

  it.each(['', '1:2', '0:0:0', 'many:0:0', '1:0:0:0', '2:0:0,1:0:0'])(
    '%j is refused with a sentence',
    (text) => {
      expect(() => readSizes(text)).toThrow('--sizes');
    },
  );

  it('are refused where the disk is too small for the largest', () => {
    const sizes = readSizes('1:0:0,10k:1M:50M');
    const needed = spaceFor(sizes[1] as (typeof sizes)[number]);
    expect(() => assertSpace(sizes, needed)).not.toThrow();
    expect(() => assertSpace(sizes, needed - 1)).toThrow(
      /takes about [\d.]+ GiB and the disk has [\d.]+ GiB free/,
    );
  });
});

describe('statements', () => {
  it('are told by their texts, whether or not their constants were put away', () => {
    const given = `SELECT 'it''s', 1.5, NULL, true -- one's own\n FROM a WHERE s IN ('due', 'held') AND t > $1 * interval '1 ms' LIMIT 1`;
    const counted = `SELECT $2, $3, $7, $8 -- one's own\n FROM a WHERE s IN ($4 /*, ... */) AND t > $1 * interval $5 LIMIT $6`;
    expect(withoutConstants(counted)).toBe(withoutConstants(given));
    const cost = { calls: 1, blocksHit: 2, blocksRead: 3, ms: 4 };
    const costs = costsByName(
      [
        { query: counted, ...cost },
        { query: given, ...cost },
        { query: 'SELECT 1', ...cost },
      ],
      new Map([['a.b', given]]),
    );
    expect([...costs]).toEqual([['a.b', { calls: 2, blocksHit: 4, blocksRead: 6, ms: 8 }]]);
  });

  it('are found in the log of the server with their plans, session by session', () => {
    const at = '2026-11-28 09:00:00.000 UTC';
    const plan = (text: string) =>
      `duration: 0.1 ms  plan:\n\t${JSON.stringify({ 'Query Text': text, Plan: { 'Node Type': 'Result' } })}`;
    const log = [
      `${at} [7] LOG:  execute a.b: \n\tSELECT\n\tclaim()`,
      `${at} [8] LOG:  execute <unnamed>: SELECT 1`,
      `${at} [7] LOG:  ${plan('SELECT within')}`,
      `${at} [8] LOG:  ${plan('SELECT 1')}`,
      `${at} [7] LOG:  ${plan('\nSELECT\nclaim()')}`,
      `${at} [9] WARNING:  something\n\telse`,
    ].join('\n');
    const { book, texts } = statementsIn(`${log}\n`);
    expect([...texts]).toEqual([['a.b', '\nSELECT\nclaim()']]);
    expect(book.plans).toEqual([
      { statement: 'a.b', within: 'SELECT within', plan: { 'Node Type': 'Result' } },
      { statement: 'a.b', plan: { 'Node Type': 'Result' } },
    ]);
  });
});

describe('what an event costs at several sizes', () => {
  const point = (rows: number, statements: Record<string, Partial<StatementPerEvent>>): GrowthPoint => ({
    size: { tenants: 1, waiting: 0, rows },
    databaseGb: 1,
    fillSeconds: 1,
    accepted: 1,
    lost: 0,
    endToEndMs: { p50: 1, p95: 2, p99: 3, max: 4 },
    cpuSecondsPer1000Of: { ingress: 1, load: 5 },
    cpuSecondsPer1000OfServer: 1,
    statementsPerEvent: 1,
    walBytesPerEvent: 1,
    crowded: false,
    deadTriesPerSecond: 0,
    statements: Object.fromEntries(
      Object.entries(statements).map(([name, one]) => [
        name,
        { calls: 1, blocksHit: 10, blocksRead: 0, ms: 1, ...one },
      ]),
    ),
    otherPlans: [],
    complaints: {},
  });

  it('is not flat where a statement looks at more blocks for an event and each time', () => {
    const small = point(0, { a: {}, b: {}, c: {}, d: { blocksHit: 0.1 } });
    const large = point(1_000_000, {
      a: { blocksHit: 20 },
      // More often, for fewer events at a time.
      b: { blocksHit: 20, calls: 2 },
      c: { blocksHit: 12 },
      d: { blocksHit: 0.9 },
      e: { blocksHit: 99 },
    });
    expect(notFlat([small, large])).toEqual({ a: [10, 20] });
    const table = growthTable([small, large]);
    expect(table).toContain('1 / 0 / 1 M');
    expect(table).toContain('a looks at 20 blocks for an event, was 10');
    expect(table).not.toContain('load');
    // Where the machine was busy with something else, nothing is said.
    const crowded = [{ ...small, crowded: true }, large];
    expect(notFlat(crowded)).toEqual({});
    expect(growthTable(crowded)).toContain('cannot be told');
  });
});
