/** What a campaign learns from its calls, one piece of news after another. */
import { withOutcome } from './answer-rates.js';
import { clamp } from './clamp.js';
import { abandonTargetOf, coefficientBounds, LN_RISK } from './pacing-limits.js';
import type { PacingMemory, PacingNews, PacingSettings } from './pacing.js';
import { withSighting } from './spread.js';

/** How many of the last answers are kept one by one. */
export const LAST_ANSWERS = 50;
/** How fast one answer moves the planner's risk and the adaptive coefficient. */
const RISK_GAIN = 0.03;
const COEFFICIENT_GAIN = 0.1;

export function learnPacing(
  memory: PacingMemory,
  news: readonly PacingNews[],
  settings: PacingSettings,
): PacingMemory {
  return news.reduce((known, item) => learned(known, item, settings), memory);
}

function learned(memory: PacingMemory, news: PacingNews, settings: PacingSettings): PacingMemory {
  switch (news.kind) {
    case 'answered':
      return {
        ...memory,
        ...withOutcome(memory, news.key, true),
        dials: memory.dials + 1,
        answers: memory.answers + 1,
        answerRing: withSighting(memory.answerRing, news.ringMs),
      };
    case 'failed':
      return {
        ...memory,
        ...withOutcome(memory, news.key, false),
        dials: memory.dials + 1,
        failedRing: withSighting(memory.failedRing, news.ringMs),
      };
    case 'served':
    case 'abandoned':
      return steered(memory, news.kind === 'abandoned' ? 1 : 0, settings);
    case 'handled': {
      const wrapMs = news.wrapMs ?? 0;
      return {
        ...memory,
        talk: withSighting(memory.talk, news.ms - wrapMs),
        wrap: news.wrapMs === undefined ? memory.wrap : withSighting(memory.wrap, news.wrapMs),
      };
    }
  }
}

function steered(memory: PacingMemory, dropped: 0 | 1, settings: PacingSettings): PacingMemory {
  const error = abandonTargetOf(settings) - dropped;
  const coefficient = coefficientBounds(settings);
  return {
    ...memory,
    lnRisk: clamp(memory.lnRisk + RISK_GAIN * error, LN_RISK.least, LN_RISK.most),
    lnCoefficient: clamp(
      memory.lnCoefficient + COEFFICIENT_GAIN * error,
      coefficient.least,
      coefficient.most,
    ),
    lastAnswers: (memory.lastAnswers + String(dropped)).slice(-LAST_ANSWERS),
  };
}
