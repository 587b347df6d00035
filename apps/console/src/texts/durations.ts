const SECOND = 1_000;
const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A duration as people say it: 12 ms, 1.5 sec, 3 min, 2 hr, 3 days. @param ms  not negative */
export function durationText(ms: number, language: string): string {
  const step = STEPS.find(([, size]) => ms >= size);
  if (step !== undefined) return unit(ms / step[1], step[0], language, 1);
  return ms >= SECOND ? unit(ms / SECOND, 'second', language, 1) : unit(ms, 'millisecond', language, 0);
}

function unit(value: number, name: string, language: string, maximumFractionDigits: number): string {
  const options = { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits } as const;
  return new Intl.NumberFormat(language, options).format(value);
}

/** Talk time as phones show it: 0:42, 12:05, 1:02:03. @param seconds  not negative */
export function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
