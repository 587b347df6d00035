/** What a simulated CRM answers: a script, so that a test says `[503, 503, 200]` and mocks nothing. */

export interface FullAnswer {
  status: number;
  /** Waited before the answer begins. */
  delayMs?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** `hang` never answers; `reset` breaks the connection. */
export type Answer = number | FullAnswer | 'hang' | 'reset';

export interface Script {
  /** Told between two moments, in milliseconds after the script was set. The first window that is open counts, before all else. */
  windows?: { fromMs?: number; untilMs?: number; answer: Answer }[];
  /** Used up in order, one a request. */
  answers?: Answer[];
  /** When no window is open and the answers are used up; 200 when left out. */
  otherwise?: Answer;
}

/** One script being played. */
export class ScriptPlay {
  private used = 0;

  /** @param startedMs  the time that windows count from */
  constructor(
    private readonly script: Script,
    private readonly startedMs: number,
  ) {}

  /** Whether it comes to nothing but a refusal, whatever is asked. */
  get refusesAll(): boolean {
    const { answers = [], otherwise = 200, windows = [] } = this.script;
    return (
      windows.length === 0 && answers.length <= this.used && typeof otherwise === 'number' && otherwise >= 400
    );
  }

  next(nowMs: number): Answer {
    const age = nowMs - this.startedMs;
    const window = this.script.windows?.find(
      ({ fromMs = 0, untilMs = Infinity }) => age >= fromMs && age < untilMs,
    );
    if (window) return window.answer;
    const answer = this.script.answers?.[this.used];
    if (answer === undefined) return this.script.otherwise ?? 200;
    this.used += 1;
    return answer;
  }
}

const SHAPE = 'A script is a list of answers, or an object with windows, answers and otherwise.';

/**
 * Reads a script that came over HTTP or from a command line: a bare list is its `answers`.
 * @throws RangeError that says what is wrong
 */
export function readScript(value: unknown): Script {
  if (Array.isArray(value)) return { answers: value.map(readAnswer) };
  if (typeof value !== 'object' || value === null) throw new RangeError(SHAPE);
  const { windows, answers, otherwise } = value as Record<string, unknown>;
  const script: Script = {};
  if (windows !== undefined) script.windows = list(windows).map(readWindow);
  if (answers !== undefined) script.answers = list(answers).map(readAnswer);
  if (otherwise !== undefined) script.otherwise = readAnswer(otherwise);
  return script;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new RangeError(SHAPE);
  return value;
}

function readWindow(value: unknown): { fromMs?: number; untilMs?: number; answer: Answer } {
  if (typeof value !== 'object' || value === null)
    throw new RangeError('A window is {fromMs, untilMs, answer}.');
  const { fromMs, untilMs, answer } = value as Record<string, unknown>;
  return {
    answer: readAnswer(answer),
    ...(typeof fromMs === 'number' ? { fromMs } : {}),
    ...(typeof untilMs === 'number' ? { untilMs } : {}),
  };
}

function readAnswer(value: unknown): Answer {
  if (value === 'hang' || value === 'reset') return value;
  if (isStatus(value)) return value;
  if (typeof value === 'object' && value !== null) {
    const { status, delayMs, headers, body } = value as Record<string, unknown>;
    if (isStatus(status)) {
      return {
        status,
        ...(typeof delayMs === 'number' ? { delayMs } : {}),
        ...(typeof headers === 'object' && headers !== null ? { headers: textsOf(headers) } : {}),
        ...(typeof body === 'string' ? { body } : {}),
      };
    }
  }
  throw new RangeError('An answer is a status from 200 to 599, an object with a status, "hang" or "reset".');
}

function textsOf(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599;
}
