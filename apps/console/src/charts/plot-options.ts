import type uPlot from 'uplot';
import { valueRange, type ChartData } from './chart-data';
import { axisText, stepOf, tickTexts } from './chart-words';
import { TONE_DASH } from './patterns';
import { drawStack } from './stacked-bars';

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';
const LETTER_PX = 7;
const AXIS_PX = { least: 44, most: 100, beside: 24, below: 32 };

export interface PlotLook {
  width: number;
  height: number;
  isStacked: boolean;
  /** Charts of the same one share cursor and zoom. */
  group: string;
  language: string;
  /** Of each series. */
  inks: readonly string[];
  paper: string;
  text: string;
  line: string;
  /** Told the index of the time below the cursor; null when it has left. */
  point: (index: number | null) => void;
  /** Told whether only a part of the times is shown. */
  zoomed: (is: boolean) => void;
}

/** @param now  what is drawn, which may have other numbers each time, but no other series */
export function plotOptions(now: () => ChartData, look: PlotLook): uPlot.Options {
  const data = now();
  const { width, height, isStacked, inks } = look;
  const half = (): number => (isStacked ? stepOf(now().times) / 2 : 0);
  return {
    width,
    height,
    ms: 1,
    series: [
      {},
      ...data.series.map((_, index) => seriesOf(data, index, { isStacked, ink: inks[index] ?? '' })),
    ],
    scales: {
      // Bars stand in the middle of their time: the first and the last are not cut.
      x: {
        time: true,
        range: (_, min, max) =>
          isStacked || min === max ? [min - half() - 1, max + half() + 1] : [min, max],
      },
      y: { range: () => valueRange(now(), isStacked) },
    },
    axes: axesOf(data, look),
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: !isStacked },
      drag: { x: true, y: false, setScale: true },
      sync: { key: look.group, scales: ['x', null], setSeries: false },
    },
    hooks: {
      draw: isStacked
        ? [
            (plot) => {
              drawStack(plot, now(), inks, look.paper);
            },
          ]
        : [],
      setCursor: [
        ({ cursor: { idx, left } }) => {
          look.point(left === undefined || left < 0 ? null : (idx ?? null));
        },
      ],
      setScale: [
        (plot, scale) => {
          if (scale === 'x') look.zoomed(isPart(plot, now()));
        },
      ],
    },
  };
}

function seriesOf(
  { series }: ChartData,
  index: number,
  { isStacked, ink }: { isStacked: boolean; ink: string },
): uPlot.Series {
  const tone = series[index]?.tone ?? 'quiet';
  return {
    stroke: ink,
    width: 2,
    dash: TONE_DASH[tone],
    spanGaps: false,
    points: { show: isStacked ? false : (plot, at) => isAlone(plot, at) },
    ...(isStacked ? { paths: () => null } : {}),
  };
}

/** A value between two gaps has no line: it is shown as a point. */
function isAlone(plot: uPlot, series: number): boolean {
  const values = plot.data[series];
  if (values === undefined) return false;
  return values.some(
    (value, index) => value != null && values[index - 1] == null && values[index + 1] == null,
  );
}

function axesOf({ unit }: ChartData, { language, text, line }: PlotLook): uPlot.Axis[] {
  const looks = {
    stroke: text,
    font: FONT,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
  };
  return [
    { ...looks, size: AXIS_PX.below, space: 64, values: (_, ticks) => tickTexts(ticks, language) },
    {
      ...looks,
      size: (_, texts) => widthOf(texts),
      space: 34,
      // Nobody called twice and a half.
      ...(unit === 'count' ? { incrs: WHOLE_STEPS } : {}),
      values: (_, ticks) => ticks.map((value) => axisText(value, unit, language)),
    },
  ];
}

/** Texts that are cut are worth nothing. */
function widthOf(texts: readonly string[] | null): number {
  const longest = Math.max(0, ...(texts ?? []).map((text) => text.length));
  return Math.min(AXIS_PX.most, Math.max(AXIS_PX.least, longest * LETTER_PX + AXIS_PX.beside));
}

const WHOLE_STEPS = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();

/** Whether some of the times are outside of what is shown. */
export function isPart({ scales: { x } }: uPlot, { times }: { times: ArrayLike<number> }): boolean {
  const [first, last] = [times[0], times[times.length - 1]];
  if (x?.min === undefined || x.max === undefined || first === undefined || last === undefined) return false;
  return x.min > first || x.max < last;
}
