import { runB8, type B8Week } from './b8.js';
import type { DialBenchOptions } from './options.js';
import type { DialBenchReport } from './report.js';

const LEADS = 6_000;
const LEADS_SHORT = 600;

/** B8, as it is asked for by its name. */
export function playB8({ seed, short }: DialBenchOptions): DialBenchReport {
  const { weeks, ...sums } = runB8({ seed, leads: short ? LEADS_SHORT : LEADS });
  return {
    figures: { ...sums, weeks },
    columns: ['week', 'dials', 'outOfWindow', 'doNotCall', 'listedInRun', 'hours'],
    rows: weeks.map(rowOf),
    bars: [],
    musts: [
      { what: 'nobody is called outside the hours on their wall', met: sums.outOfWindow === 0 },
      { what: 'nobody is called who is on the list', met: sums.doNotCall === 0 },
      { what: 'somebody is called', met: sums.dials > 0 },
    ],
  };
}

function rowOf({ name, dials, outOfWindow, doNotCall, listedInRun, hours }: B8Week): string[] {
  return [name, ...[dials, outOfWindow, doNotCall, listedInRun].map(String), hours.join(' to ')];
}
