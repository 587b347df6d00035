/**
 * The risk-capped planner: the most calls of which none has a higher chance to find no agent than may be risked. Who
 * answers, and which agent gets free until then, are independent events, each with a chance of its own.
 *
 * With A answers and F agents free by then, one more call adds its chance to be answered times P(A >= F) to the expected
 * number of the abandoned, E[(A - F)+]. Holding that P down call by call serves more customers for the same number of
 * abandoned ones than holding the ratio E[(A - F)+] / E[A] down, and implies the same bound on the ratio.
 */
import { SECOND } from '../delivery/durations.js';
import type { Instant } from '../ids.js';
import { answerChances } from './answer-rates.js';
import { clamp } from './clamp.js';
import { crowdOf } from './crowd.js';
import type { PacingAgent, PacingFacts, PacingMemory } from './pacing.js';
import { meanMs, survivalOf, weightOf, type Survival } from './spread.js';

/** What is guessed of each length of time before it was seen, in milliseconds. */
const GUESS = { answerRing: 10 * SECOND, failedRing: 22 * SECOND, talk: 100 * SECOND, wrap: 20 * SECOND };
/** Nobody waits longer than this to be spoken to. */
const MOST_WAIT_MS = 60 * SECOND;

/**
 * @param risk         the chance to find no agent that a call may have, 0 to 1
 * @param waitLimitMs  how long a customer may wait for an agent: so much later agents still count
 * @returns how many of the candidates to call now, 0 or more
 */
export function callsWithinRisk(
  facts: PacingFacts,
  memory: PacingMemory,
  { risk, waitLimitMs }: { risk: number; waitLimitMs: number },
): number {
  const seenAt = facts.telemetryAt ?? facts.now;
  // All is predicted from the moment at which it was true, so the lag is one more time to look ahead.
  const lagMs = Math.max(0, facts.now - seenAt);
  const horizonMs = lagMs + meanMs(memory.answerRing, GUESS.answerRing) + clamp(waitLimitMs, 0, MOST_WAIT_MS);
  const chanceOf = answerChances(memory);
  const answers = answersToCome(facts, memory, { chanceOf, seenAt });
  const { free, chances } = agentsByThen(facts.agents, memory, { seenAt, horizonMs });
  // A >= F, with every agent who stays busy counted on the side of A: one crowd, one threshold.
  const crowd = crowdOf([...answers, ...chances.map((chance) => 1 - chance)]);
  const threshold = free + chances.length - facts.waiting;
  let calls = 0;
  for (const { key } of facts.candidates) {
    if (!(crowd.reaches(threshold) <= risk)) break;
    crowd.add(chanceOf(key));
    calls += 1;
  }
  return calls;
}

/** The chance of each outstanding call that it is answered yet, from how long it has been ringing. */
function answersToCome(
  { outstanding }: PacingFacts,
  memory: PacingMemory,
  { chanceOf, seenAt }: { chanceOf: (key: string) => number; seenAt: Instant },
): number[] {
  const answered = survivalOf(memory.answerRing, GUESS.answerRing);
  const failed = survivalOf(memory.failedRing, GUESS.failedRing);
  return outstanding.map(({ sentAt, key }) => {
    const age = seenAt - sentAt;
    const chance = chanceOf(key);
    const stillAnswer = chance * answered(age);
    return stillAnswer / (stillAnswer + (1 - chance) * failed(age));
  });
}

/** Agents that are free, and the chance of each other one to be free within the horizon. */
function agentsByThen(
  agents: readonly PacingAgent[],
  memory: PacingMemory,
  { seenAt, horizonMs }: { seenAt: Instant; horizonMs: number },
): { free: number; chances: number[] } {
  const talk = survivalOf(memory.talk, GUESS.talk);
  const wrapKnown = weightOf(memory.wrap) > 0;
  const wrap = survivalOf(memory.wrap, GUESS.wrap);
  const wrapsWithin = wrapKnown ? meanEnded(wrap, horizonMs) : 1;
  const chances: number[] = [];
  let free = 0;
  for (const { state, since } of agents) {
    if (state === 'idle') {
      free += 1;
      continue;
    }
    const lastedMs = Math.max(0, seenAt - since);
    if (state === 'wrap') chances.push(endsWithin(wrap, lastedMs, horizonMs));
    else chances.push(endsWithin(talk, lastedMs, horizonMs) * wrapsWithin);
  }
  return { free, chances };
}

function endsWithin(survival: Survival, elapsedMs: number, horizonMs: number): number {
  return 1 - survival(elapsedMs + horizonMs) / survival(elapsedMs);
}

/** The chance that what begins at any moment before the horizon has ended at it. */
function meanEnded(survival: Survival, horizonMs: number): number {
  const STEPS = 8;
  let sum = 0;
  for (let step = 0; step < STEPS; step += 1) sum += 1 - survival(((step + 0.5) / STEPS) * horizonMs);
  return sum / STEPS;
}
