import type { LoadProgress } from '../load-contract.js';
import { runMessages } from '../run-messages.js';
import type { AskOrder, AskOutcome } from './ask-contract.js';
import { QUESTION_KINDS } from './question-kinds.js';

const MOST_EXAMPLES = 3;

/** Asks one order's questions and looks at every reply. */
export async function runAsk(order: AskOrder, progress: (state: LoadProgress) => void): Promise<AskOutcome> {
  const questions = QUESTION_KINDS[order.questions](order);
  const examples: string[] = [];
  let wrong = 0;
  const answered = (question: number, status: number, body: Buffer) => {
    // What was refused or got no answer is counted as such.
    if (status < 200 || status >= 300) return;
    const reply = body.toString();
    if (questions.isRight(question, reply)) return;
    wrong += 1;
    if (examples.length < MOST_EXAMPLES) examples.push(`question ${String(question)} was answered ${reply}`);
  };
  const outcome = await runMessages(order, { request: questions.request, answered }, progress);
  return { ...outcome, wrong, examples };
}
