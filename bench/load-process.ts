/** The load generator as a process of its own. Forked by the bench. */
import { answerQuestions } from './forked.js';
import type { AskOrder, AskOutcome } from './load/ask/ask-contract.js';
import { runAsk } from './load/ask/run-ask.js';
import type { LoadOrder, LoadOutcome } from './load/load-contract.js';
import { runLoad } from './load/run-load.js';

const answers = {
  run: (order: LoadOrder): Promise<LoadOutcome> => runLoad(order, progress),
  ask: (order: AskOrder): Promise<AskOutcome> => runAsk(order, progress),
};

const { progress } = answerQuestions(answers);

export type LoadAnswers = typeof answers;
