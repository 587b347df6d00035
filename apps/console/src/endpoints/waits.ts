/** 12 tries over about three days: what holds where an endpoint has no schedule of its own. */
export const DEFAULT_WAITS: readonly number[] = [
  0, 5_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000,
  86_400_000,
];

export const PRESETS = {
  usual: null,
  short: [0, 5_000, 30_000, 120_000, 600_000],
  once: [0],
} as const;

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** Waits as they are typed: `0, 5s, 30s, 2m`. */
export function waitsText(waits: readonly number[]): string {
  return waits.map(waitText).join(', ');
}

function waitText(ms: number): string {
  if (ms === 0) return '0';
  const unit = UNITS.find(([, size]) => ms % size === 0);
  return unit === undefined ? `${ms}ms` : `${ms / unit[1]}${unit[0]}`;
}

/** Milliseconds; undefined where it cannot be read. */
export function readWaits(text: string): number[] | undefined {
  const waits = text
    .split(/[,\s]+/)
    .filter((word) => word !== '')
    .map(readWait);
  return waits.length > 0 && waits.every((wait) => wait !== undefined) ? waits : undefined;
}

const WAIT = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/;

function readWait(word: string): number | undefined {
  const [, count, unit = 's'] = WAIT.exec(word.toLowerCase()) ?? [];
  if (count === undefined) return undefined;
  const size = unit === 'ms' ? 1 : (UNITS.find(([name]) => name === unit)?.[1] ?? 1_000);
  return Math.round(Number(count) * size);
}

export interface TryMark {
  number: number;
  /** After the first could be made. */
  afterMs: number;
  /** Where it stands on the bar, 0 to 1. */
  at: number;
  /** Whether there is room for its time to be written there. */
  isSaid: boolean;
}

/** Below this the words of two tries would stand on each other. */
const APART = 0.17;

/** Where the tries stand on a bar on which seconds and days are both seen: its scale is logarithmic. */
export function marksOf(waits: readonly number[]): TryMark[] {
  let sum = 0;
  const times = waits.map((wait) => (sum += wait));
  const most = Math.log1p(sum / 1_000);
  let said = -1;
  return times.map((afterMs, index) => {
    const at = most === 0 ? 0 : Math.log1p(afterMs / 1_000) / most;
    const isLast = index === times.length - 1;
    // The end is always said: it is what people ask for.
    const isSaid = isLast || (at - said >= APART && 1 - at >= APART);
    if (isSaid) said = at;
    return { number: index + 1, afterMs, at, isSaid };
  });
}
