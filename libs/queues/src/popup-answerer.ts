import { Rhythm, logFailure, type Log, type Metrics } from '#platform';
import { LONGEST_WAIT_MS, POPUP_QUEUE, type PopupAsk, type PopupQuestionJob } from './contract.js';
import { patiently } from './patiently.js';
import type { LoadWorker, QueueBackend } from './queue-backend.js';
import type { Telling } from './queue-events.js';

/** BullMQ's own lock on the job, and how often it looks for jobs whose worker died. */
const LOCK_MS = 10_000;
const STALLED_EVERY_MS = 3_000;
const IDLE_LOOK_SECONDS = 1;
const QUEUE_RETRY_MS = 500;
/** A question that is older helps nobody any more: the call is over, or has been asked about again. */
const LONGEST_KEPT_MS = 60_000;
/** Words that come in between travel together. */
const LONGEST_GATHER_MS = 10;
const SHARE = 0.12;

export interface PopupAnswererParts {
  backend: QueueBackend;
  /** Asks that are worked on at once, each of some questions. */
  concurrency: number;
  /**
   * Finds out what is asked. It calls `told` once, as soon as whoever waits need not wait any longer, and resolves when all is done.
   * What it rejects with is ours.
   */
  answer: (question: PopupQuestionJob, told: () => void) => Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Log;
  metrics: Pick<Metrics, 'jobs'>;
}

/** Answers the questions of `PopupAsker`, in whatever process that is. */
export class PopupAnswerer {
  private readonly worker: LoadWorker<PopupAsk>;
  private readonly telling: Telling;
  private readonly rhythm = new Rhythm({ longestMs: LONGEST_GATHER_MS, share: SHARE });
  private untold: string[] = [];
  private flushing: Promise<void> | undefined;

  constructor(private readonly parts: PopupAnswererParts) {
    const { backend, concurrency, log } = parts;
    this.telling = backend.telling(POPUP_QUEUE);
    this.worker = backend.worker<PopupAsk>(POPUP_QUEUE, (job) => this.answerAll(job.data), {
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_EVERY_MS,
      maxStalledCount: 1,
      drainDelay: IDLE_LOOK_SECONDS,
      runRetryDelay: QUEUE_RETRY_MS,
      autorun: false,
    });
    this.worker.on('error', (error) => {
      log.warn({ queue: POPUP_QUEUE, detail: error.message }, 'queue.error');
    });
  }

  start(): void {
    void this.worker.run();
  }

  /** Takes no more; what is asked already is answered, which takes no longer than a source may take. */
  async stop(): Promise<void> {
    await patiently(this.worker.close());
    await patiently(Promise.resolve(this.flushing).then(() => this.telling.close()));
  }

  private async answerAll({ questions, askedAt }: PopupAsk): Promise<void> {
    this.parts.metrics.jobs.inc({ queue: POPUP_QUEUE });
    if (this.parts.now() - askedAt > LONGEST_KEPT_MS) return;
    await Promise.all(questions.map((question) => this.answerOne(question)));
  }

  private async answerOne(question: PopupQuestionJob): Promise<void> {
    let isTold = false;
    const told = (): void => {
      if (isTold) return;
      isTold = true;
      this.untold.push(question.id);
      this.flushing ??= this.flush();
    };
    const tooLong = setTimeout(told, LONGEST_WAIT_MS);
    try {
      await this.parts.answer(question, told);
    } catch (error) {
      logFailure(this.parts.log, 'popup.ask_failed', error, { tenantId: question.tenantId });
    } finally {
      clearTimeout(tooLong);
      // There is nothing to wait for in any case.
      told();
    }
  }

  /** A word that is lost costs whoever waits the rest of his time. */
  private async flush(): Promise<void> {
    try {
      await new Promise(setImmediate);
      while (this.untold.length > 0) {
        const early = this.rhythm.waitMs(performance.now());
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const begun = performance.now();
        await this.telling.tell(this.untold.splice(0)).catch((error: unknown) => {
          logFailure(this.parts.log, 'popup.not_told', error, {});
        });
        this.rhythm.beat(begun, performance.now());
      }
    } finally {
      this.flushing = undefined;
    }
  }
}
