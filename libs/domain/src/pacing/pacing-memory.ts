import type { PacingMemory } from './pacing.js';

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

/** Reads a stored memory; whatever is malformed is read as empty. */
export function readPacingMemory(json: unknown): PacingMemory {
  return (json as PacingMemory | null) ?? emptyPacingMemory();
}
