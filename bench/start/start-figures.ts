/** What START says at the end. */
import type { ProcessName } from '../stage/product.js';

export interface Start {
  /** From the start of the process until /health/live answers. */
  ms: number;
  /** Of the process itself until then, its PostgreSQL not counted. */
  cpuSeconds: number;
  /** Resident megabytes a little later, as `ps` says, and with shared pages split among those who share them. */
  rssMb: number;
  pssMb: number;
}

export interface StartFigures extends Start {
  process: ProcessName;
  /** Files of code that Node loaded, its own not counted. */
  modules: number;
  starts: Start[];
}

/** The medians of some starts: another program on the machine makes single ones slow. */
export function startFigures(process: ProcessName, modules: number, starts: Start[]): StartFigures {
  const middle = (of: (start: Start) => number) => {
    const sorted = starts.map(of).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  };
  return {
    process,
    modules,
    ms: Math.round(middle(({ ms }) => ms)),
    cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
    rssMb: middle(({ rssMb }) => rssMb),
    pssMb: middle(({ pssMb }) => pssMb),
    starts,
  };
}

/** Columns are at least as wide as `standalone`. */
const LEAST_WIDTH = 10;
const HEADS = ['process', 'answers after ms', 'CPU s until then', 'modules', 'at rest MB: RSS', 'PSS'];

/** Lines for people. */
export function startTable(figures: readonly StartFigures[]): string {
  const rows = figures.map(({ process, ms, cpuSeconds, modules, rssMb, pssMb }) => [
    process,
    ...[ms, cpuSeconds, modules, rssMb, pssMb].map(String),
  ]);
  return [HEADS, ...rows]
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(Math.max(LEAST_WIDTH, HEADS[column]?.length ?? 0) + 2))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}
