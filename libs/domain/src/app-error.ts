/**
 * The one error class. An expected outcome (a CRM answers 500, a field is missing in a webhook) is a value;
 * an AppError is thrown where the caller's request cannot be carried out, and mapped once per process kind.
 */

/** Whose doing it is, which decides the status: theirs (rejected, conflict), or ours (unavailable, misconfigured). */
export type Fault = 'rejected' | 'conflict' | 'unavailable' | 'misconfigured';

export interface AppErrorOptions {
  /** HTTP status, where the fault's own default (400, 409, 503, 500) is not the right one. */
  status?: number;
  /** Seconds after which the caller may try again. */
  retryAfterSeconds?: number;
  /** Further members of the problem document; never secrets. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

const STATUS_OF_FAULT: Record<Fault, number> = {
  rejected: 400,
  conflict: 409,
  unavailable: 503,
  misconfigured: 500,
};

export class AppError extends Error {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly details: Record<string, unknown> | undefined;

  /**
   * @param fault  whose doing it is
   * @param code   stable dotted code, e.g. `pbx.unknown_dialect`; clients branch on it, so it never changes
   * @param message  one sentence that says what is wrong and what to do next
   */
  constructor(
    readonly fault: Fault,
    readonly code: string,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.status = options.status ?? STATUS_OF_FAULT[fault];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.details = options.details;
  }
}

export function notFound(what: string): AppError {
  return new AppError('rejected', 'resource.not_found', `There is no such ${what}.`, { status: 404 });
}
