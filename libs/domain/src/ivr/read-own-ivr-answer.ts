import { action, callerName, customData, language, NOBODY_TO_DIAL } from './action-shapes.js';
import { note, under, type DocumentProblem } from '../document/problem.js';
import type { IvrAnswer } from './ivr.js';
import { members, oneOf, or } from '../document/shape.js';

export type OwnIvrAnswerReading =
  { ok: true; answer: IvrAnswer } | { ok: false; problems: DocumentProblem[] };

const shape = members<Omit<IvrAnswer, 'given'>>({
  kind: or(oneOf('ivr'), 'ivr' as const),
  action,
  language: or(language, null),
  callerName: or(callerName, null),
  customData: or(customData, {}),
});

/**
 * Reads the answer of a tenant's server that speaks our own JSON: the neutral vocabulary as it is. What may be null may be
 * left out; a member that we do not know is a problem, since its writer expects something of it.
 *
 * Never throws.
 */
export function readOwnIvrAnswer(json: unknown): OwnIvrAnswerReading {
  const problems: DocumentProblem[] = [];
  const root = { path: '', problems };
  const answer = shape(json, root);
  const { action: told } = answer;
  if (problems.length === 0 && told.do === 'dial' && told.targets.length + told.dialStrings.length === 0) {
    note(under(root, 'action'), NOBODY_TO_DIAL);
  }
  return problems.length === 0 ? { ok: true, answer } : { ok: false, problems };
}
