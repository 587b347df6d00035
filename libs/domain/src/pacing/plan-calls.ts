/**
 * How many calls to place now. The method decides only after the safety ladder and the compliance ledger let it: whatever
 * is not known well enough is dialled progressively, one call for each free agent, and what is not known at all, not.
 */
import { MINUTE, SECOND } from '../delivery/durations.js';
import { bankOf } from './bank.js';
import { clamp } from './clamp.js';
import { LAST_ANSWERS } from './learn-pacing.js';
import { abandonTargetOf, coefficientOf } from './pacing-limits.js';
import type { PacingFacts, PacingMemory, PacingPlan, PacingSettings } from './pacing.js';
import { callsWithinRisk } from './risk-planner.js';
import { riskTaken } from './risk-taken.js';

/** Until so much was seen nothing is predicted. */
const LEAST_DIALS = 50;
const LEAST_ANSWERS = 10;
/** How old the states of agents and calls may be for predicting, and for dialling at all. */
const PREDICTS_UNTIL_MS = 10 * SECOND;
const DIALS_UNTIL_MS = MINUTE;

/**
 * @returns never fewer than progressive would place, unless the plan is to stop; never more than there are candidates and
 *   lines. What goes beyond progressive is halved after too many drops.
 */
export function planCalls(facts: PacingFacts, memory: PacingMemory, settings: PacingSettings): PacingPlan {
  const blind = whyBlind(facts);
  if (blind !== undefined) return { place: 0, rule: 'stop', why: blind };
  const lines = facts.outstanding.length + waitingIn(facts);
  const room = Math.min(facts.candidates.length, roomOf(settings, lines));
  const progressive = clamp(freeAgents(facts) - lines, 0, room);
  const careful = whyProgressive(facts, memory, settings);
  if (careful !== undefined) return { place: progressive, rule: 'progressive', why: careful };
  const wanted = wantedBy(facts, memory, settings);
  const halved = droppedTooMany(memory, settings);
  const place = clamp(halved ? Math.floor(wanted / 2) : wanted, progressive, room);
  const { method: rule } = settings;
  const because =
    rule === 'planner'
      ? 'As many as the risk of abandoning a customer allows'
      : 'The free agents times the coefficient';
  const why = halved
    ? `${because}, halved: too many of the last ${LAST_ANSWERS} answers were abandoned.`
    : `${because}.`;
  return { place, rule, why };
}

function whyBlind({ now, telemetryAt }: PacingFacts): string | undefined {
  if (telemetryAt === null) return 'Nothing was heard yet of the states of agents and calls.';
  // Written so that a time that is no number stops, too.
  if (now - telemetryAt <= DIALS_UNTIL_MS) return undefined;
  return 'The states of agents and calls are more than a minute old.';
}

function whyProgressive(
  facts: PacingFacts,
  { dials, answers }: PacingMemory,
  settings: PacingSettings,
): string | undefined {
  if (settings.method === 'progressive') return 'One call for each free agent.';
  if (!(dials >= LEAST_DIALS && answers >= LEAST_ANSWERS))
    return `One call for each free agent until ${LEAST_DIALS} calls and ${LEAST_ANSWERS} answers are known.`;
  if (facts.telemetryAt === null || facts.now - facts.telemetryAt > PREDICTS_UNTIL_MS)
    return 'One call for each free agent: the states of agents and calls are more than ten seconds old.';
  if (!(bankOf(facts.ledger, abandonTargetOf(settings)) >= 0))
    return 'One call for each free agent: more customers were abandoned than the target allows.';
  if (settings.waitingCap !== null && waitingIn(facts) >= settings.waitingCap)
    return 'One call for each free agent: as many customers wait as may wait.';
  return undefined;
}

function wantedBy(facts: PacingFacts, memory: PacingMemory, settings: PacingSettings): number {
  if (settings.method === 'adaptive') {
    const lines = Math.floor(coefficientOf(memory, settings) * freeAgents(facts));
    return lines - facts.outstanding.length - waitingIn(facts);
  }
  const abandonTarget = abandonTargetOf(settings);
  const bank = bankOf(facts.ledger, abandonTarget);
  const allowed = abandonTarget * facts.ledger.day.answers;
  const risk = riskTaken(memory, { abandonTarget, bank, allowed });
  return callsWithinRisk({ ...facts, waiting: waitingIn(facts) }, memory, { ...settings, risk });
}

function freeAgents({ agents }: PacingFacts): number {
  let free = 0;
  for (const { state } of agents) if (state === 'idle') free += 1;
  return free;
}

function waitingIn({ waiting }: PacingFacts): number {
  return Math.floor(clamp(waiting, 0, Number.MAX_SAFE_INTEGER));
}

function roomOf({ maxLines }: PacingSettings, lines: number): number {
  return maxLines === null ? Infinity : Math.max(0, Math.floor(clamp(maxLines, 0, Infinity)) - lines);
}

/** More than twice the target of the last answers: chance alone hardly does that. */
function droppedTooMany({ lastAnswers }: PacingMemory, settings: PacingSettings): boolean {
  if (lastAnswers.length < LAST_ANSWERS) return false;
  let drops = 0;
  for (const answer of lastAnswers) if (answer === '1') drops += 1;
  return drops > 2 * abandonTargetOf(settings) * LAST_ANSWERS;
}
