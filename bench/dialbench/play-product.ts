/** The workloads that are played on the whole product, as they are asked for by their names. */
import { runB7 } from './b7.js';
import { runB9 } from './b9.js';
import type { DialBenchOptions } from './options.js';
import type { DialBenchReport } from './report.js';

const CALLS = 100_000;
const CALLS_SHORT = 2_000;
const LEADS = 1_000_000;
const LEADS_SHORT = 20_000;
const B9_SECONDS = 60;

/** On the standard error: the last line of the output is the figures'. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

export async function playB7({ seed, short }: DialBenchOptions): Promise<DialBenchReport> {
  const calls = short ? CALLS_SHORT : CALLS;
  const figures = await runB7({ calls, seed, hurry: short, killEverySeconds: 20, say });
  const { doubleDials, lostLeads, outOfWindow, doNotCall, overRate, capBreaches } = figures;
  const faults = { doubleDials, lostLeads, outOfWindow, doNotCall, overRate, capBreaches };
  return {
    ...tableOf(figures),
    musts: [
      { what: `${String(calls)} calls and more`, met: figures.calls >= calls },
      ...Object.entries(faults).map(([what, count]) => ({ what: `${what} 0`, met: count === 0 })),
    ],
  };
}

export async function playB9({
  short,
  leads = short ? LEADS_SHORT : LEADS,
}: DialBenchOptions): Promise<DialBenchReport> {
  const figures = await runB9({ leads, say });
  return {
    ...tableOf(figures),
    musts: [
      { what: 'no lead is lost or there twice', met: figures.lost === 0 },
      { what: `within ${String(B9_SECONDS)} s`, met: figures.seconds < B9_SECONDS },
    ],
  };
}

function tableOf(figures: object): Pick<DialBenchReport, 'figures' | 'columns' | 'rows' | 'bars'> {
  const known = { ...figures } as Record<string, unknown>;
  return { figures: known, columns: Object.keys(known), rows: [Object.values(known).map(String)], bars: [] };
}
