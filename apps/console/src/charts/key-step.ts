import UPlot from 'uplot';

const ZOOM = 2;

/** Moves the cursor of a chart and zooms all of its group by keys. @returns false for a key that means nothing */
export function keyStep(plot: UPlot, group: string, key: string): boolean {
  const step = STEPS[key];
  if (step !== undefined) move(plot, step);
  else if (key === '+' || key === '=') zoom(plot, group, 1 / ZOOM);
  else if (key === '-') zoom(plot, group, ZOOM);
  else if (key === 'Escape') showAll(group);
  else return false;
  return true;
}

// Time runs left to right in every language.
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: -Infinity,
  End: Infinity,
};

function move(plot: UPlot, step: number): void {
  const times = plot.data[0];
  const now = (plot.cursor.left ?? -1) < 0 ? null : (plot.cursor.idx ?? null);
  const last = times.length - 1;
  const next = Math.max(0, Math.min(last, now === null ? last : now + step));
  plot.setCursor({ left: plot.valToPos(times[next] ?? 0, 'x'), top: 1 });
}

function zoom(plot: UPlot, group: string, factor: number): void {
  const times = plot.data[0];
  const [first, last] = [times[0], times[times.length - 1]];
  const { min, max } = plot.scales['x'] ?? {};
  if (first === undefined || last === undefined || min === undefined || max === undefined) return;
  const middle = (plot.cursor.left ?? -1) < 0 ? (min + max) / 2 : plot.posToVal(plot.cursor.left ?? 0, 'x');
  const half = ((max - min) * factor) / 2;
  if (half * 2 >= last - first) showAll(group);
  else set(group, Math.max(first, middle - half), Math.min(last, middle + half));
}

/** All times again, in all charts of a group. */
export function showAll(group: string): void {
  for (const plot of UPlot.sync(group).plots) {
    const times = plot.data[0];
    plot.setScale('x', { min: times[0] ?? 0, max: times[times.length - 1] ?? 1 });
  }
}

function set(group: string, min: number, max: number): void {
  for (const plot of UPlot.sync(group).plots) plot.setScale('x', { min, max });
}
