import { AppError } from '#domain';
import { sealedFor, type IdempotencyRepository, type IdempotentUse, type Whose } from '#db';
import type { Clock, Log, SecretBox } from '#platform';
import { judgeRepeat, KEEP_ANSWERS_MS } from './judge-repeat.js';
import type { KeptAnswer } from './kept-answer.js';

const TIDY_EVERY_MS = 10 * 60 * 1000;

export interface RepeatableRequestsParts {
  repository: IdempotencyRepository;
  box: Pick<SecretBox, 'seal' | 'open'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
}

export interface RepeatableRequest {
  whose: Whose;
  use: IdempotentUse;
}

/** Requests with an `Idempotency-Key`: done once, answered as often as they are repeated. */
export class RepeatableRequests {
  private tidiedAt = 0;

  constructor(private readonly parts: RepeatableRequestsParts) {}

  /**
   * @returns the answer to give again, or undefined when the request is to be done now
   * @throws AppError 422 `idempotency.mismatch`, 409 `idempotency.in_progress`
   */
  async begin({ whose, use }: RepeatableRequest, hash: Uint8Array): Promise<KeptAnswer | undefined> {
    this.tidy();
    const { repository, clock } = this.parts;
    const earlier = await repository.begin(whose, use, hash);
    if (earlier === 'taken') return undefined;
    if (earlier === 'hidden') throw mismatch();
    const verdict = judgeRepeat(earlier, hash, clock.now());
    if (verdict === 'mismatch') throw mismatch();
    if (verdict === 'replay' && earlier.answer) return this.opened(use, earlier.answer.sealedBody);
    if (verdict === 'take_over' && (await repository.takeOver(whose, use, hash, earlier.startedAt)))
      return undefined;
    throw inProgress();
  }

  /** Sealed, because the answer may show a secret. A failure to keep it does not undo what was done. */
  async finish({ whose, use }: RepeatableRequest, status: number, answer: KeptAnswer): Promise<void> {
    const sealedBody = this.parts.box.seal(
      JSON.stringify(answer),
      sealedFor.idempotentAnswer(use.actorId, use.key),
    );
    await this.quietly(use, this.parts.repository.finish(whose, use, { status, sealedBody }));
  }

  async release({ whose, use }: RepeatableRequest): Promise<void> {
    await this.quietly(use, this.parts.repository.release(whose, use));
  }

  private opened(use: IdempotentUse, sealedBody: string): KeptAnswer {
    return JSON.parse(
      this.parts.box.open(sealedBody, sealedFor.idempotentAnswer(use.actorId, use.key)),
    ) as KeptAnswer;
  }

  private tidy(): void {
    const now = this.parts.clock.now();
    if (now - this.tidiedAt < TIDY_EVERY_MS) return;
    this.tidiedAt = now;
    const before = (now - KEEP_ANSWERS_MS) as typeof now;
    this.parts.repository.forgetBefore(before).catch((error: unknown) => {
      this.parts.log.warn({ err: error }, 'idempotency.tidy_failed');
    });
  }

  private async quietly(use: IdempotentUse, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.parts.log.warn({ err: error, actorId: use.actorId }, 'idempotency.write_failed');
    }
  }
}

function mismatch(): AppError {
  return new AppError(
    'rejected',
    'idempotency.mismatch',
    'This Idempotency-Key was used for another request: take a new key for a new request.',
    { status: 422 },
  );
}

function inProgress(): AppError {
  return new AppError(
    'conflict',
    'idempotency.in_progress',
    'The first request with this Idempotency-Key is still running.',
    {
      retryAfterSeconds: 1,
    },
  );
}
