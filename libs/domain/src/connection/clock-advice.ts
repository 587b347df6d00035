/**
 * The self-check of a connection's clock. A CDR arrives seconds after its call ended, so the time between is about nothing;
 * where it is about a whole number of half hours, the zone or the meaning of epochs is set wrong.
 * Source: design "Dialects", trap 1.
 */
import { instant, type Instant } from '../ids.js';
import { fromEpoch, type EpochReading } from '../time/wall-clock.js';
import { clockReading, type ClockSamples } from './connection-health.js';

/** Fewer prove nothing: one late CDR, or one call with odd lengths, is no wrong clock. */
const FEWEST_LAGS = 5;
/** Zones differ by half hours, a few by quarters, which would leave no room for a CDR that takes its time. */
const STEP_SECONDS = 30 * 60;
/** How far from such a step the usual CDR may come. */
const TOLERANCE_SECONDS = 5 * 60;
/** Zones lie between UTC-12 and UTC+14, so two of them are at most this apart. */
const GREATEST_SECONDS = 26 * 60 * 60;

/** Calls are looked for further around their time than that. */
export const BELIEVED_SECONDS = 150;

export interface ClockAdvice {
  /** For whoever set the connection up. */
  message: string;
  /** How far calls seem to end before (above 0) or after their CDRs; what to set; what the PBX's clock shows. */
  params: { wrongSeconds: number; remedy: 'epochs_utc' | 'epochs_local' | 'time_zone'; offset: string };
}

/** Null when too little is known, or when it looks right. */
export function clockAdvice(clock: ClockSamples, setting: EpochReading, now: Instant): ClockAdvice | null {
  if (clock.reading !== clockReading(setting) || clock.lags.length < FEWEST_LAGS) return null;
  const lag = median(clock.lags);
  const wrong = Math.round(lag / STEP_SECONDS) * STEP_SECONDS;
  if (wrong === 0 || Math.abs(lag - wrong) > TOLERANCE_SECONDS || Math.abs(wrong) > GREATEST_SECONDS)
    return null;
  const zone = offsetSeconds(setting.timeZone, now);
  const read = setting.epochs === 'utc' ? 0 : zone;
  // A clock that is ahead of what we take it for seems to end its calls in the future: the lag is negative.
  const shown = read - wrong;
  const { remedy, words } = remedyOf(shown, zone, setting);
  return {
    message: `${seems(wrong)} ${words}`,
    params: { wrongSeconds: wrong, remedy, offset: utcOffset(shown) },
  };
}

/**
 * Whether what the connection's CDRs tell of its clock speaks against finding a call by its time: then that there is none at a time
 * proves nothing. False where too little is known.
 */
export function isClockDoubtful({ lags }: ClockSamples): boolean {
  return lags.length >= FEWEST_LAGS && Math.abs(median(lags)) > BELIEVED_SECONDS;
}

function seems(wrong: number): string {
  const by = hours(Math.abs(wrong));
  return wrong > 0
    ? `Calls seem to have ended ${by} before their CDRs come.`
    : `Calls seem to end ${by} after their CDRs come.`;
}

/** @param shown  offset from UTC in seconds of the clock that the PBX shows @param zone  that of the connection's zone */
function remedyOf(
  shown: number,
  zone: number,
  { epochs, timeZone }: EpochReading,
): { remedy: ClockAdvice['params']['remedy']; words: string } {
  if (shown === 0)
    return { remedy: 'epochs_utc', words: 'The PBX seems to tell UTC: set `epochs` to `utc`.' };
  if (epochs === 'utc' && shown === zone) {
    const words = `The PBX seems to tell the local time of ${timeZone}: set \`epochs\` to \`local\`.`;
    return { remedy: 'epochs_local', words };
  }
  const local = epochs === 'utc' ? 'set `epochs` to `local` and ' : '';
  const words = `The PBX's clock seems to show ${utcOffset(shown)}: ${local}set \`timeZone\` to the zone of the PBX.`;
  return { remedy: 'time_zone', words };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function offsetSeconds(timeZone: string, now: Instant): number {
  const second = Math.floor(now / 1000);
  return Math.round((instant(second * 1000) - fromEpoch(second, { epochs: 'local', timeZone })) / 1000);
}

function hours(seconds: number): string {
  const count = seconds / 3600;
  return count === 1 ? '1 hour' : `${String(count)} hours`;
}

function utcOffset(seconds: number): string {
  const minutes = Math.abs(seconds) / 60;
  const text = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `UTC${seconds < 0 ? '-' : '+'}${text(minutes / 60)}:${text(minutes % 60)}`;
}
