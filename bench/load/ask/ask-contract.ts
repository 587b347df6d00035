/** What the bench asks of its load process where replies matter: questions at a rate, each reply looked at. */
import type { LoadOrder, LoadOutcome } from '../load-contract.js';
import type { QuestionKind } from './question-kinds.js';
import type { QuestionsOptions } from './questions.js';

export interface AskOrder
  extends Omit<LoadOrder, 'xmlShare'>, Pick<QuestionsOptions, 'agents' | 'askedBefore'> {
  questions: QuestionKind;
}

export interface AskOutcome extends LoadOutcome {
  /** Replies with a 2xx that did not say what they had to. */
  wrong: number;
  /** The first few of them, for whoever wants to know why. */
  examples: string[];
}
