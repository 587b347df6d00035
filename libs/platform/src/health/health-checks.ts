import { setTimeout as delay } from 'node:timers/promises';

/** Less than whoever asks waits: a check without an answer is an answer. */
const ANSWERS_WITHIN_MS = 2_000;

/** What must answer before this process may be given work. Libraries add their own check when they are opened. */
export class HealthChecks {
  private readonly checks = new Map<string, () => Promise<void>>();
  private readonly underWay = new Map<string, Promise<boolean>>();
  private end: string | undefined;

  constructor(private readonly answersWithinMs = ANSWERS_WITHIN_MS) {}

  add(name: string, check: () => Promise<void>): void {
    this.checks.set(name, check);
  }

  /** This process cannot go on and is about to end. @param why  one sentence */
  cannotGoOn(why: string): void {
    this.end = why;
  }

  /** @returns why this process cannot go on; undefined while it can, whatever it has to wait for */
  get whyEnding(): string | undefined {
    return this.end;
  }

  /** @returns each check's name with `ok`, or one sentence about what is wrong */
  async run(): Promise<{ ready: boolean; checks: Record<string, string> }> {
    const entries = await Promise.all(
      [...this.checks].map(async ([name, check]): Promise<[string, string]> => {
        return [name, (await this.answers(name, check)) ? 'ok' : 'does not answer'];
      }),
    );
    const ready = this.end === undefined && entries.every(([, state]) => state === 'ok');
    return { ready, checks: Object.fromEntries(entries) };
  }

  private async answers(name: string, check: () => Promise<void>): Promise<boolean> {
    // What hangs is not asked a second time: each question would take one more connection away from the work.
    const asked = this.underWay.get(name) ?? this.ask(name, check);
    const clock = new AbortController();
    const tooLate = delay(this.answersWithinMs, false, { signal: clock.signal }).catch(() => false);
    try {
      return await Promise.race([asked, tooLate]);
    } finally {
      clock.abort();
    }
  }

  private ask(name: string, check: () => Promise<void>): Promise<boolean> {
    const asked = check()
      .then(
        () => true,
        () => false,
      )
      .finally(() => this.underWay.delete(name));
    this.underWay.set(name, asked);
    return asked;
  }
}
