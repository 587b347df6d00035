import type { Harvest } from './harvest.js';

const SECOND = 1000;

/** The most deliveries that one endpoint took within any one second. */
export function peakPerSecond(harvest: Pick<Harvest, 'names' | 'name' | 'receivedMs'>): number {
  let peak = 0;
  harvest.names.forEach((_, endpoint) => {
    const times = harvest.receivedMs.filter((_time, at) => harvest.name[at] === endpoint);
    let first = 0;
    times.forEach((time, last) => {
      while ((times[first] ?? time) <= time - SECOND) first += 1;
      peak = Math.max(peak, last - first + 1);
    });
  });
  return peak;
}
