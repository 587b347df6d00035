/** CPU and memory of processes, from /proc (Linux; elsewhere everything is 0). */
import { readFile, readdir } from 'node:fs/promises';

/** Of /proc/<pid>/stat; every Linux of the last decades says 100. */
const TICKS_PER_SECOND = 100;

export interface Usage {
  cpuSeconds: number;
  /**
   * Resident megabytes, where a page that several processes share is split among them (PSS): four processes hold one copy
   * of Node's program, and a PostgreSQL one of its buffers.
   */
  rssMb: number;
}

interface Stat {
  parent: number;
  /** Its own time and that of children it has waited for. */
  ticks: number;
}

/** @param family  include the children that run now: a PostgreSQL server's work is done by them */
export async function usageOf(pid: number, { family = false } = {}): Promise<Usage> {
  const pids = family ? [pid, ...(await childrenOf(pid))] : [pid];
  const stats = await Promise.all(pids.map(readStat));
  const memory = await Promise.all(pids.map(proportionalKb));
  return {
    cpuSeconds: stats.reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0) / TICKS_PER_SECOND,
    rssMb: megabytes(memory.reduce((sum, kb) => sum + kb, 0)),
  };
}

async function childrenOf(pid: number): Promise<number[]> {
  const entries = await readdir('/proc').catch(() => []);
  const pids = entries.filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(readStat));
  return pids.filter((_, at) => stats[at]?.parent === pid);
}

/** @returns undefined for a process that is gone */
async function readStat(pid: number): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseStat(text);
}

/** A process may call itself anything, so fields are counted from behind the last parenthesis; see proc(5). */
export function parseStat(text: string): Stat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15).map(Number);
  return { parent: Number(fields[1]), ticks: utime + stime + cutime + cstime };
}

/** What `ps` says, where a page that several processes share counts in each of them. */
export async function wholeRssMb(pid: number): Promise<number> {
  return megabytes(lineKb(await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => ''), 'VmRSS'));
}

function megabytes(kb: number): number {
  return Math.round(kb / 102.4) / 10;
}

async function proportionalKb(pid: number): Promise<number> {
  return lineKb(await readFile(`/proc/${String(pid)}/smaps_rollup`, 'utf8').catch(() => ''), 'Pss');
}

function lineKb(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
}
