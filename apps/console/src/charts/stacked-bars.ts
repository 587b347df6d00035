import type uPlot from 'uplot';
import type { ChartData } from './chart-data';
import { areaOf } from './patterns';

/** Draws what uPlot has no drawing of: bars on top of each other, each of its colour and pattern. */
export function drawStack(plot: uPlot, data: ChartData, inks: readonly string[], paper: string): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const [from, to] = [plot.scales['x']?.min ?? 0, plot.scales['x']?.max ?? 1];
  const areas = data.series.map(({ tone }, index) =>
    areaOf(ctx, tone, { ink: inks[index] ?? '', paper, ratio }),
  );
  const width = Math.max(1, Math.floor(barWidth(plot, data)));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [index, at] of data.times.entries()) {
    const middle = plot.valToPos(at, 'x', true);
    if (at < from - (to - from) || at > to + (to - from)) continue;
    let below = 0;
    for (const [place, { values }] of data.series.entries()) {
      const value = values[index] ?? 0;
      const top = plot.valToPos(below + value, 'y', true);
      const bottom = plot.valToPos(below, 'y', true);
      ctx.fillStyle = areas[place] ?? paper;
      ctx.fillRect(Math.round(middle - width / 2), top, width, bottom - top);
      // So that two of the same pattern are told apart.
      ctx.fillStyle = paper;
      if (below > 0 && value > 0)
        ctx.fillRect(Math.round(middle - width / 2), bottom - ratio / 2, width, ratio);
      below += value;
    }
  }
  ctx.restore();
}

function barWidth(plot: uPlot, { times }: ChartData): number {
  const [first, second] = times;
  const most = 60 * devicePixelRatio;
  if (first === undefined || second === undefined) return most;
  return Math.min(most, 0.8 * (plot.valToPos(second, 'x', true) - plot.valToPos(first, 'x', true)));
}
