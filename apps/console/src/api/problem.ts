import type { FieldErrorDto, ProblemDto } from './operations';

/** What the API says when it does not do what it was asked (RFC 9457), or what stands in for it where nobody answered. */
export class Problem extends Error {
  override readonly name = 'Problem';

  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** A dotted code, such as `session.missing`. */
  readonly code: string;
  /** For whoever looks into the log; null where none was said. */
  readonly requestId: string | null;
  readonly errors: readonly FieldErrorDto[];

  constructor(message: string, { status, code, requestId = null, errors = [] }: ProblemFacts) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.errors = errors;
  }
}

interface ProblemFacts {
  status: number;
  code: string;
  requestId?: string | null;
  errors?: readonly FieldErrorDto[];
}

/** @param text  body of the answer, of whatever kind */
export function problemOf(status: number, text: string, requestId: string | null): Problem {
  const read = readProblem(text);
  const code = read.code ?? `http.${status}`;
  return new Problem(read.detail ?? read.title ?? '', { status, code, requestId, errors: read.errors ?? [] });
}

function readProblem(text: string): Partial<ProblemDto> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    // A proxy between us answers in words of its own.
    return {};
  }
}
