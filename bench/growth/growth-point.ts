/** What an event costs at one size of the tables, and several of these beside each other. */
import type { Percentiles } from '../../apps/simulator/index.js';
import { nameOfSize, type GrowthSize } from './growth-sizes.js';

export interface GrowthPoint {
  size: GrowthSize;
  databaseGb: number;
  fillSeconds: number;
  accepted: number;
  lost: number;
  endToEndMs: Percentiles;
  /** Something else took the machine: then many events travelled together, and nothing of it can be compared. */
  crowded: boolean;
  /** By process. */
  cpuSecondsPer1000Of: Record<string, number>;
  cpuSecondsPer1000OfServer: number;
  statementsPerEvent: number;
  walBytesPerEvent: number;
  /** Of endpoints that nobody answers at, all together. */
  deadTriesPerSecond: number;
  /** By name, the one that takes longest first; amounts for each accepted event. */
  statements: Record<string, StatementPerEvent>;
  /** Statements that are planned otherwise than at the size before. */
  otherPlans: string[];
  /** What of their plans grows with the tables, by statement. */
  complaints: Record<string, string[]>;
}

export interface StatementPerEvent {
  calls: number;
  blocksHit: number;
  blocksRead: number;
  ms: number;
}

/** Less is within what two runs of the same differ by. */
const GREW_BY = 1.5;
const GREW_BLOCKS = 1;
/** Half of the deliveries come later than that only where there is a backlog. */
const CROWDED_MS = 500;
const NOT_TOLD = 'cannot be told: fewer than two sizes were measured on a calm machine';
const STATEMENTS_SHOWN = 16;

/**
 * Statements that look at more blocks than they did at the first size, for an event and each time: the one alone may only mean
 * that more or fewer events travelled together. With how many for an event, then and now.
 */
export function notFlat(points: readonly GrowthPoint[]): Record<string, [first: number, last: number]> {
  const calm = points.filter(({ crowded }) => !crowded);
  const [first, last] = [calm[0], calm.at(-1)];
  if (first === undefined || last === undefined) return {};
  return Object.fromEntries(
    Object.entries(last.statements).flatMap(([name, statement]): [string, [number, number]][] => {
      const before = first.statements[name];
      if (before === undefined) return [];
      const [then, now] = [blocksOf(before), blocksOf(statement)];
      const each = now / statement.calls > (then / before.calls) * GREW_BY;
      return each && now > then * GREW_BY && now - then > GREW_BLOCKS
        ? [[name, [round(then), round(now)]]]
        : [];
    }),
  );
}

export function isCrowded({ p50 }: Pick<Percentiles, 'p50'>): boolean {
  return p50 > CROWDED_MS;
}

const blocksOf = ({ blocksHit, blocksRead }: StatementPerEvent): number => blocksHit + blocksRead;
const round = (value: number): number => Math.round(value * 10) / 10;

const HEADS = [
  'tenants / waiting / rows',
  'GB',
  'CPU s per 1,000',
  'of which',
  'statements',
  'WAL bytes',
  'end to end ms p50 / p95',
  'dead tries/s',
  'plans',
];

export function growthTable(points: readonly GrowthPoint[]): string {
  const sizes = [HEADS, ...points.map(cellsOf)];
  const names = Object.keys(points.at(-1)?.statements ?? {}).slice(0, STATEMENTS_SHOWN);
  const statements = [
    ['for each event: times, blocks (from disk), ms', ...points.map(({ size }) => nameOfSize(size))],
    ...names.map((name) => [name, ...points.map((point) => statementCell(point.statements[name]))]),
  ];
  const comparable = points.filter(({ crowded }) => !crowded).length > 1;
  const grown = Object.entries(notFlat(points)).map(
    ([name, [then, now]]) => `${name} looks at ${String(now)} blocks for an event, was ${String(then)}`,
  );
  const complaints = points
    .slice(-1)
    .flatMap(({ complaints: found }) =>
      Object.entries(found).map(([name, said]) => `${name} ${said.join(', ')}`),
    );
  return [
    aligned(sizes),
    aligned(statements),
    ['not flat:', ...(grown.length > 0 ? grown : [comparable ? 'nothing' : NOT_TOLD])].join('\n  '),
    ['plans that grow:', ...(complaints.length > 0 ? complaints : ['none'])].join('\n  '),
  ].join('\n\n');
}

function cellsOf(point: GrowthPoint): string[] {
  const { endToEndMs, otherPlans } = point;
  return [
    nameOfSize(point.size),
    point.databaseGb.toFixed(2),
    point.cpuSecondsPer1000OfServer.toFixed(2),
    Object.entries(point.cpuSecondsPer1000Of)
      .filter(([name]) => name !== 'load' && name !== 'sink')
      .map(([name, seconds]) => `${name} ${seconds.toFixed(2)}`)
      .join(', '),
    point.statementsPerEvent.toFixed(2),
    String(point.walBytesPerEvent),
    `${String(endToEndMs.p50)} / ${String(endToEndMs.p95)}${point.crowded ? ' (crowded)' : ''}`,
    point.deadTriesPerSecond.toFixed(1),
    otherPlans.length === 0 ? 'the same' : `others: ${otherPlans.join(', ')}`,
  ];
}

function statementCell(statement: StatementPerEvent | undefined): string {
  if (statement === undefined) return '';
  return `${statement.calls.toFixed(2)}, ${blocksOf(statement).toFixed(1)} (${statement.blocksRead.toFixed(2)}), ${statement.ms.toFixed(3)}`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_head, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
