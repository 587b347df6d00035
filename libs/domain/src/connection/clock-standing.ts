import type { Instant } from '../ids.js';
import type { EpochReading } from '../time/wall-clock.js';
import { BELIEVED_SECONDS, clockAdvice, median } from './clock-advice.js';
import { clockReading, type ClockSamples } from './connection-health.js';

/** Each in a word: nothing told a time yet; as it should be; too few to say that it is wrong; wrong, and a warning says how. */
export const CLOCK_STANDINGS = ['unknown', 'right', 'doubtful', 'wrong'] as const;

/** How the PBX's clock is understood, from the first call on: whoever sets a connection up does not wait for five of them. */
export interface ClockStanding {
  standing: (typeof CLOCK_STANDINGS)[number];
  /** Reports of ends that it is judged by. */
  samples: number;
  /** Of the usual one, how long after the end of its call it came; negative where that seems to lie ahead. Null without samples. */
  lagSeconds: number | null;
}

/**
 * @param setting  how epochs are read now: what was sampled under another one says nothing
 * @param aheadMs  how far the clock is ahead, where the WebSocket of the PBX tells: then its times are corrected by it
 */
export function clockStanding(
  clock: ClockSamples,
  setting: EpochReading,
  now: Instant,
  aheadMs: number | null = null,
): ClockStanding {
  const lags = clock.reading === clockReading(setting) ? clock.lags : [];
  if (lags.length === 0)
    return { standing: aheadMs === null ? 'unknown' : 'right', samples: 0, lagSeconds: null };
  const lagSeconds = Math.round(median(lags));
  const sampled = { samples: lags.length, lagSeconds };
  if (clockAdvice(clock, setting, now) !== null) return { standing: 'wrong', ...sampled };
  return { standing: Math.abs(lagSeconds) <= BELIEVED_SECONDS ? 'right' : 'doubtful', ...sampled };
}
