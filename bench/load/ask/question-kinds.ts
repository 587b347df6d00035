import { click2callQuestions } from './click2call-questions.js';
import { ivrQuestions } from './ivr-questions.js';
import { liveQuestions } from './live-questions.js';
import { popupQuestions, sourcedQuestions } from './popup-questions.js';
import { courseQuestions } from './course-questions.js';
import type { Questions, QuestionsOptions } from './questions.js';

/** Functions do not travel to the load process, names do: every kind of question, one line each. */
export const QUESTION_KINDS = {
  popup: popupQuestions,
  sourced: sourcedQuestions,
  ivr: ivrQuestions,
  live: liveQuestions,
  click2call: click2callQuestions,
  course: courseQuestions,
} as const satisfies Record<string, (options: QuestionsOptions) => Questions>;

export type QuestionKind = keyof typeof QUESTION_KINDS;
