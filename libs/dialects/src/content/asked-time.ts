/** Reads a time in a request to a vendor's API, where there is but one way to read it. */
import { instant, type AskedTime } from '#domain';
import { readWrittenTime } from './written-time.js';

const SECOND = 1000;
const DATE_ONLY = /^(?:19|20)\d\d-\d\d-\d\d$/;
/** In a URL the plus of an offset that was not escaped is a blank. */
const OFFSET_WITHOUT_PLUS = /(:\d\d(?:[.,]\d+)?) (\d\d:?\d\d)$/;
const EPOCH = /^\d{9,10}$/;

export interface AskedTimeReading {
  /** A day without an hour ends a span, instead of beginning it. */
  endOfDay?: boolean;
  /** What epoch seconds mean, as they do not say. */
  epochs: 'utc' | 'local';
}

/** @returns null for what is no time, or may be two: `01/11/2026` */
export function askedTime(text: string, { endOfDay = false, epochs }: AskedTimeReading): AskedTime | null {
  if (EPOCH.test(text)) {
    const ms = Number(text) * SECOND;
    return epochs === 'utc' ? { instant: instant(ms) } : { local: wallText(ms) };
  }
  const whole = DATE_ONLY.test(text) ? `${text}T${endOfDay ? '23:59:59' : '00:00:00'}` : text;
  const written = readWrittenTime(whole.replace(OFFSET_WITHOUT_PLUS, '$1+$2'));
  if (written === null) return null;
  const ms = Math.round(written.epochSeconds * SECOND);
  return written.by === 'utc' ? { instant: instant(ms) } : { local: wallText(ms) };
}

function wallText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length);
}
