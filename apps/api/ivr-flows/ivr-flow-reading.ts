import { AppError, readIvrFlow, readOwnIvrAnswer, type IvrFlow, type IvrProblem } from '#domain';

/** @throws AppError `ivr_flow.invalid` with every problem and where it is */
export function checkedFlow(document: unknown): IvrFlow {
  const reading = readIvrFlow(document);
  if (reading.ok) return reading.flow;
  throw wrong('ivr_flow.invalid', 'The flow', reading.problems);
}

/** An answer in our own JSON. @throws AppError `ivr_answer.invalid` with every problem and where it is */
export function checkAnswer(json: unknown): void {
  const reading = readOwnIvrAnswer(json);
  if (!reading.ok) throw wrong('ivr_answer.invalid', 'The default answer', reading.problems);
}

function wrong(code: string, what: string, problems: readonly IvrProblem[]): AppError {
  const [first] = problems;
  const where = first?.path === undefined || first.path === '' ? '' : ` (${first.path})`;
  const message = `${what} cannot be used; it begins with this${where}: ${first?.message ?? ''}`;
  return new AppError('rejected', code, message, { details: { problems } });
}
