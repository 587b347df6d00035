/** What one build costs in shares of what another one costs. Pure. */
import type { BenchResult } from '../result.js';

/** A figure of a result. */
interface Figure {
  name: string;
  of: (result: BenchResult) => number | undefined;
}

const FIGURES: readonly Figure[] = [
  { name: 'ingest ms p50', of: ({ ingestMs }) => ingestMs.p50 },
  { name: 'ingest ms p95', of: ({ ingestMs }) => ingestMs.p95 },
  { name: 'end to end ms p50', of: ({ endToEndMs }) => endToEndMs.p50 },
  { name: 'end to end ms p95', of: ({ endToEndMs }) => endToEndMs.p95 },
  { name: 'end to end ms p99', of: ({ endToEndMs }) => endToEndMs.p99 },
  { name: 'accepted a second', of: ({ acceptedPerSecond }) => acceptedPerSecond },
  { name: 'delivered a second', of: ({ eventsPerSecond }) => eventsPerSecond },
  { name: 'CPU s per 1,000, server and stores', of: (result) => result.cpuSecondsPer1000OfServer },
  { name: 'CPU s per 1,000, product alone', of: (result) => result.cpuSecondsPer1000 },
  { name: 'statements per event', of: (result) => result.statementsPerEvent },
  { name: 'jobs per event', of: (result) => result.jobsPerEvent },
  { name: 'WAL bytes per event', of: (result) => result.walBytesPerEvent },
  { name: 'memory MB of all processes', of: ({ rssMb }) => memoryOf(rssMb) },
  { name: 'lost', of: ({ lost }) => lost },
  { name: 'duplicates', of: ({ duplicates }) => duplicates },
];

export interface Ratio {
  figure: string;
  /** Medians of the runs. */
  base: number;
  own: number;
  /** Own over base; null where the base is 0. */
  ratio: number | null;
}

/** @param base, own  at least one run each, of the same workload with the same options */
export function ratiosOf(base: readonly BenchResult[], own: readonly BenchResult[]): Ratio[] {
  return FIGURES.flatMap(({ name, of }) => {
    const [theirs, ours] = [valuesOf(base, of), valuesOf(own, of)].map(median);
    if (theirs === undefined || ours === undefined) return [];
    return [{ figure: name, base: theirs, own: ours, ratio: theirs === 0 ? null : rounded(ours / theirs) }];
  });
}

/** Lines for people. */
export function ratioTable(ratios: readonly Ratio[], names: { base: string; own: string }): string {
  const rows = [
    ['', names.base, names.own, 'ratio'],
    ...ratios.map(({ figure, base, own, ratio }) => [
      figure,
      String(base),
      String(own),
      ratio === null ? '' : ratio.toFixed(3),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function valuesOf(runs: readonly BenchResult[], of: Figure['of']): number[] {
  return runs.map(of).filter((value) => value !== undefined);
}

/** Undefined of none; of an even number the mean of the two in the middle. */
function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? undefined : rounded((upper + lower) / 2);
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** The product's processes alone: the database's memory is a setting. */
function memoryOf(rssMb: Readonly<Record<string, number>>): number {
  const others = new Set(['postgres', 'redis', 'load', 'sink']);
  return rounded(Object.entries(rssMb).reduce((sum, [name, mb]) => sum + (others.has(name) ? 0 : mb), 0));
}
