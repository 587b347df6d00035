/** Phones of agents that ring, each in its turn: a question of the PBX's, and something to tell the agent's page. */
import { popupQuestions } from './popup-questions.js';
import type { Questions, QuestionsOptions } from './questions.js';

const FIRST_EXTENSION = 100_000;

/** The phone of an agent, by its number. */
export function extensionOf(agent: number): string {
  return String(FIRST_EXTENSION + agent);
}

export function liveQuestions(options: QuestionsOptions): Questions {
  const { urls, agents = 1 } = options;
  return popupQuestions(options, (question) => extensionOf(Math.floor(question / urls.length) % agents));
}
