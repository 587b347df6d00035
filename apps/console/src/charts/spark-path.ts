const WIDTH = 100;
const TOP = 2;
const BOTTOM = 22;
const DASH = 3;

/** The line of a sparkline on a field of 100 by 24, broken where there is no value; a value alone is a dash. */
export function sparkPath(values: readonly (number | null)[], range?: readonly [number, number]): string {
  const known = values.filter((value) => value !== null);
  const [low, high] = range ?? [0, Math.max(0, ...known)];
  const size = high - low;
  const y = (value: number): number =>
    size === 0 ? BOTTOM : BOTTOM - Math.min(1, Math.max(0, (value - low) / size)) * (BOTTOM - TOP);
  const step = values.length > 1 ? WIDTH / (values.length - 1) : WIDTH;
  let isDrawing = false;
  const parts = values.map((value, index) => {
    if (value === null) {
      isDrawing = false;
      return '';
    }
    const isAlone = !isDrawing && values[index + 1] == null;
    const [x, at] = [index * step, round(y(value))];
    const part = isAlone
      ? `M${Math.min(WIDTH - DASH, round(x))} ${at}h${DASH}`
      : `${isDrawing ? 'L' : 'M'}${round(x)} ${at}`;
    isDrawing = true;
    return part;
  });
  return parts.join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
