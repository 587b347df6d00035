/** What a campaign has learned, before its first call and read back from where it was stored. */
import { MOST_KEYS } from './answer-rates.js';
import { clamp } from './clamp.js';
import { LAST_ANSWERS } from './learn-pacing.js';
import { LN_RISK, MOST_COEFFICIENT } from './pacing-limits.js';
import type { KeyRate, PacingMemory } from './pacing.js';
import { readSpread } from './spread.js';

/** What a campaign knows that never called. */
export function emptyPacingMemory(): PacingMemory {
  return {
    dials: 0,
    answers: 0,
    overall: [0, 0],
    rates: [],
    answerRing: [],
    failedRing: [],
    talk: [],
    wrap: [],
    lnRisk: 0,
    lnCoefficient: 0,
    lastAnswers: '',
  };
}

/** Reads a stored memory: what is malformed in it is read as not yet learned, and what is out of bounds is cut to them. */
export function readPacingMemory(json: unknown): PacingMemory {
  if (typeof json !== 'object' || json === null) return emptyPacingMemory();
  const kept = json as Record<string, unknown>;
  const mostLn = Math.log(MOST_COEFFICIENT);
  return {
    dials: Math.floor(weight(kept['dials'])),
    answers: Math.floor(weight(kept['answers'])),
    overall: pair(kept['overall']),
    rates: Array.isArray(kept['rates']) ? kept['rates'].flatMap(keyRate).slice(-MOST_KEYS) : [],
    answerRing: readSpread(kept['answerRing']),
    failedRing: readSpread(kept['failedRing']),
    talk: readSpread(kept['talk']),
    wrap: readSpread(kept['wrap']),
    lnRisk: clamp(finite(kept['lnRisk']), LN_RISK.least, LN_RISK.most),
    lnCoefficient: clamp(finite(kept['lnCoefficient']), -mostLn, mostLn),
    lastAnswers: answersText(kept['lastAnswers']),
  };
}

function finite(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function weight(value: unknown): number {
  return clamp(finite(value), 0, Number.MAX_SAFE_INTEGER);
}

function pair(value: unknown): [number, number] {
  const [answered, failed] = Array.isArray(value) ? (value as unknown[]) : [];
  return [weight(answered), weight(failed)];
}

function keyRate(value: unknown): KeyRate[] {
  if (!Array.isArray(value)) return [];
  const [fingerprint, answered, failed] = value as unknown[];
  if (typeof fingerprint !== 'string' || !/^[0-9a-z]{1,7}$/.test(fingerprint)) return [];
  return [[fingerprint, weight(answered), weight(failed)]];
}

function answersText(value: unknown): string {
  return typeof value === 'string' && /^[01]*$/.test(value) ? value.slice(-LAST_ANSWERS) : '';
}
