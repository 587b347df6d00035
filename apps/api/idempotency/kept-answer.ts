import { AppError, type Fault } from '#domain';

/** An answer that can be given again: a body, or the problem that the request ended with. */
export type KeptAnswer =
  | { kind: 'body'; body: unknown }
  | {
      kind: 'problem';
      fault: Fault;
      code: string;
      message: string;
      status: number;
      details: Record<string, unknown> | null;
    };

/** @returns undefined for what must not be kept: our own failures, after which the request may be tried again */
export function keepableProblem(thrown: unknown): KeptAnswer | undefined {
  if (!(thrown instanceof AppError) || thrown.status >= 500) return undefined;
  const { fault, code, message, status, details } = thrown;
  return { kind: 'problem', fault, code, message, status, details: details ?? null };
}

/** The body again, or the problem again by throwing it. */
export function giveAgain(answer: KeptAnswer): unknown {
  if (answer.kind === 'body') return answer.body;
  const { fault, code, message, status, details } = answer;
  throw new AppError(fault, code, message, { status, ...(details === null ? {} : { details }) });
}
