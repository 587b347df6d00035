import type { PacingFacts, PacingMemory, PacingPlan, PacingSettings } from './pacing.js';

export function planCalls(facts: PacingFacts, _memory: PacingMemory, _settings: PacingSettings): PacingPlan {
  const idle = facts.agents.filter(({ state }) => state === 'idle').length;
  const place = Math.max(
    0,
    Math.min(facts.candidates.length, idle - facts.outstanding.length - facts.waiting),
  );
  return { place, rule: 'progressive', why: 'One call is placed for each free agent.' };
}
