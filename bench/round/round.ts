/** A short round of everything: the figures that the README shows, each by the command that makes it. */
import { cpus, totalmem } from 'node:os';
import type { BenchResult } from '../result.js';

/** Words of the command line behind `npm run bench --`. */
export const ROUND: readonly string[] = [
  'W1 --rate 10 --seconds 10 --queue redis',
  'W1 --rate 10 --seconds 10 --queue postgres',
  'W1 --rate 10 --seconds 10 --standalone',
  'W1 --rate 200 --seconds 15 --queue redis',
  'W1 --rate 200 --seconds 15 --queue postgres',
  'W1 --rate 200 --seconds 15 --standalone',
  'W1 --rate 300 --seconds 15 --tenants 1000 --queue redis',
  'W1 --rate 1000 --seconds 15 --queue redis',
  'W1 --rate 1000 --seconds 15 --queue postgres',
  'W1 --rate 1000 --seconds 15 --tenants 1000 --queue redis',
  'W2 --rate 200 --seconds 15 --queue redis',
  'W3 --rate 200 --seconds 20 --warm-up 10 --queue redis',
  'W4 --rate 200 --seconds 40 --drain-seconds 60 --queue redis',
  'W8 --seconds 15 --queue redis',
  'W8 --seconds 15 --queue postgres',
  'W8 --seconds 15 --standalone',
  'W8 --seconds 10 --ingest-only --queue redis',
  'DEAD --rate 200 --seconds 15 --queue redis',
  'POPUP --rate 500 --seconds 10 --queue redis',
  'IVR --rate 500 --seconds 10 --queue redis',
];

export interface Figures {
  at: string;
  commit: string;
  machine: string;
  runs: { words: string; result: BenchResult }[];
}

export function machineOf(): string {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${String(cpus().length)} cores (${cpu?.model ?? 'unknown'}), ${String(gib)} GiB, Node ${process.versions.node}`;
}

const HEADS = [
  'npm run bench --',
  'accepted',
  'lost',
  'doubled',
  'ingest ms p50 / p95 / p99',
  'end to end ms p50 / p95 / p99',
  'delivered/s',
  'CPU s per 1,000: server and stores (product)',
  'statements, jobs per event',
  'WAL bytes per event',
  'product MB',
];

/** @returns a table in Markdown, its columns as wide as their widest cell */
export function figureTable({ runs }: Pick<Figures, 'runs'>): string {
  const rows = [HEADS, ...runs.map(({ words, result }) => cellsOf(words, result))];
  const widths = HEADS.map((_head, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join('\n');
}

const STORES: ReadonlySet<string> = new Set(['postgres', 'redis', 'load', 'sink']);

function cellsOf(words: string, result: BenchResult): string[] {
  const times = ({ p50, p95, p99 }: { p50: number; p95: number; p99: number }) =>
    [p50, p95, p99].map((ms) => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)))).join(' / ');
  const memory = Object.entries(result.rssMb).reduce(
    (sum, [name, mb]) => sum + (STORES.has(name) ? 0 : mb),
    0,
  );
  return [
    `\`${words}\``,
    String(result.accepted),
    String(result.lost),
    String(result.duplicates),
    times(result.replyMs ?? result.ingestMs),
    result.replyMs ? '' : times(result.healthyEndToEndMs ?? result.endToEndMs),
    String(result.eventsPerSecond),
    `${result.cpuSecondsPer1000OfServer.toFixed(2)} (${result.cpuSecondsPer1000.toFixed(2)})`,
    `${result.statementsPerEvent.toFixed(2)}, ${result.jobsPerEvent.toFixed(3)}`,
    String(result.walBytesPerEvent),
    String(Math.round(memory)),
  ];
}
