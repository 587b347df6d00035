import type { ChartTone } from './chart-data';

/** Edge of a pattern's tile, in CSS pixels. */
export const TILE_PX = 8;

/** What is drawn on a tile in the colour of the page, as an SVG path of 8 by 8. Empty for a plain area. */
export const TONE_MARKS: Readonly<Record<ChartTone, string>> = {
  good: '',
  bad: 'M-2 2l4-4M0 8l8-8M6 10l4-4',
  waiting: 'M2 1v2M6 5v2',
  info: 'M0 2h8M0 6h8',
  violet: 'M-2 6l4 4M0 0l8 8M6-2l4 4',
  teal: 'M2 0v8M6 0v8',
  pink: 'M0 4h8M4 0v8',
  sand: 'M4 0v8',
  quiet: 'M0 0l8 8M0 8l8-8',
};

/** How the line of a tone is broken, in CSS pixels. */
export const TONE_DASH: Readonly<Record<ChartTone, number[]>> = {
  good: [],
  bad: [8, 3],
  waiting: [2, 3],
  info: [],
  violet: [10, 3, 2, 3],
  teal: [5, 2],
  pink: [2, 2, 8, 2],
  sand: [12, 3],
  quiet: [4, 4],
};

/** Colours that style sheets give, as a canvas takes them: what is light or dark is decided. */
export function colourIn(element: HTMLElement, variable: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${variable})`;
  probe.style.display = 'none';
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** An area of a tone, for a canvas whose pixels are `ratio` to one of CSS. */
export function areaOf(
  context: CanvasRenderingContext2D,
  tone: ChartTone,
  { ink, paper, ratio }: { ink: string; paper: string; ratio: number },
): CanvasPattern | string {
  if (TONE_MARKS[tone] === '') return ink;
  const tile = document.createElement('canvas');
  tile.width = tile.height = TILE_PX * ratio;
  const brush = tile.getContext('2d');
  if (brush === null) return ink;
  brush.scale(ratio, ratio);
  brush.fillStyle = ink;
  brush.fillRect(0, 0, TILE_PX, TILE_PX);
  brush.strokeStyle = paper;
  brush.lineWidth = 1.5;
  brush.stroke(new Path2D(TONE_MARKS[tone]));
  return context.createPattern(tile, 'repeat') ?? ink;
}
