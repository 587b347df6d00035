import { Rhythm, type Metrics } from '#platform';
import { LONGEST_WAIT_MS, POPUP_QUEUE, type PopupAsk, type PopupQuestionJob } from './contract.js';
import { patiently } from './patiently.js';
import type { LoadQueue, QueueBackend } from './queue-backend.js';
import type { Hearing } from './queue-events.js';

/** Questions that come in between travel together. */
const LONGEST_GATHER_MS = 20;
/** The queue's store is asked for at most this share of the time. */
const SHARE = 0.12;
/** Of one job. */
const MOST_QUESTIONS = 50;
/** What is not answered by then is forgotten, and may be asked again. */
const FORGET_AFTER_MS = 2 * LONGEST_WAIT_MS;
/** Workers say something of each question within `LONGEST_WAIT_MS`: where nothing is heard for so long there is none. */
const SILENT_AFTER_MS = 2 * LONGEST_WAIT_MS;
/** How often it is tried then whether there is one again. */
const PROBE_EVERY_MS = 1_000;

/**
 * `answered`: what the sources said by then can be read. `lost`: the queue did not take the question, or nobody answers.
 * `closed`: we are shutting down.
 */
export type AskedOutcome = 'answered' | 'lost' | 'closed';

export interface PopupAskerParts {
  backend: QueueBackend;
  metrics: Pick<Metrics, 'ringsFailed'>;
  newId: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
}

interface Waiting {
  key: string;
  outcome: Promise<AskedOutcome>;
  settle: (outcome: AskedOutcome) => void;
}

/**
 * Has a popup worker ask sources of contacts. Connects to the queue with the first question: most installations never ask. Whoever
 * waits for the outcome has a deadline of his own, since it may never come.
 */
export class PopupAsker {
  private line: { queue: LoadQueue<PopupAsk>; hearing: Hearing; ready: Promise<void> } | undefined;
  private readonly byId = new Map<string, Waiting>();
  private readonly byKey = new Map<string, Waiting>();
  private readonly rhythm = new Rhythm({ longestMs: LONGEST_GATHER_MS, share: SHARE });
  private unsent: PopupQuestionJob[] = [];
  private sending: Promise<void> | undefined;
  private closed = false;
  /** When the first question was sent after which nothing was heard. */
  private unheardSince: number | undefined;
  private lastProbe = -Infinity;

  constructor(private readonly parts: PopupAskerParts) {}

  /** Those who ask for one number at the same time ask once. Never rejects. */
  ask(question: Omit<PopupQuestionJob, 'id'>): Promise<AskedOutcome> {
    if (this.closed) return Promise.resolve('closed');
    // Whoever asks for a call has to be told for that call.
    const forCall =
      question.connectionId === undefined ? '' : ` ${question.connectionId} ${question.callId ?? ''}`;
    const key = `${question.tenantId} ${question.e164}${forCall}`;
    const others = this.byKey.get(key);
    if (others) return others.outcome;
    if (this.isSilent && performance.now() - this.lastProbe < PROBE_EVERY_MS) return Promise.resolve('lost');
    const id = this.parts.newId();
    const waiting = this.waitFor(id, key);
    this.unsent.push({ ...question, id });
    this.sending ??= this.send();
    return waiting.outcome;
  }

  /** Nobody seems to answer, so nobody is made to wait, and no questions are piled up for whoever will. */
  private get isSilent(): boolean {
    return this.unheardSince !== undefined && performance.now() - this.unheardSince > SILENT_AFTER_MS;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { settle } of [...this.byId.values()]) settle('closed');
    const { line, sending } = this;
    await patiently(
      Promise.resolve(sending).then(() => Promise.all([line?.queue.close(), line?.hearing.close()])),
    );
  }

  private waitFor(id: string, key: string): Waiting {
    let resolve: (outcome: AskedOutcome) => void = () => undefined;
    const outcome = new Promise<AskedOutcome>((settled) => (resolve = settled));
    const forget = setTimeout(() => {
      waiting.settle('lost');
    }, FORGET_AFTER_MS);
    const waiting = {
      key,
      outcome,
      settle: (how: AskedOutcome) => {
        clearTimeout(forget);
        this.byId.delete(id);
        if (this.byKey.get(key) === waiting) this.byKey.delete(key);
        resolve(how);
      },
    };
    this.byId.set(id, waiting);
    this.byKey.set(key, waiting);
    return waiting;
  }

  private async send(): Promise<void> {
    try {
      // At the least after the current turn, so that questions which come together travel together.
      await new Promise(setImmediate);
      while (this.unsent.length > 0) {
        const early = this.rhythm.waitMs(performance.now());
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const begun = performance.now();
        await this.sendSome(this.unsent.splice(0, MOST_QUESTIONS));
        this.rhythm.beat(begun, performance.now());
      }
    } finally {
      this.sending = undefined;
    }
  }

  private async sendSome(questions: PopupQuestionJob[]): Promise<void> {
    try {
      const { queue, ready } = this.opened();
      await ready;
      const data: PopupAsk = { questions, askedAt: this.parts.now() };
      const isProbe = this.isSilent;
      if (isProbe) this.lastProbe = performance.now();
      this.unheardSince ??= performance.now();
      // Of probes one waits at most.
      const once = isProbe ? { deduplication: { id: 'probe' } } : {};
      const opts = { removeOnComplete: true, removeOnFail: true, ...once };
      await queue.add('ask', data, opts);
    } catch {
      this.parts.metrics.ringsFailed.inc({ queue: POPUP_QUEUE });
      for (const { id } of questions) this.byId.get(id)?.settle('lost');
    }
  }

  private opened() {
    if (this.line) return this.line;
    const { backend } = this.parts;
    const queue = backend.queue<PopupAsk>(POPUP_QUEUE);
    queue.on('error', () => undefined);
    const hearing = backend.hearing(POPUP_QUEUE, (ids) => {
      this.unheardSince = undefined;
      for (const id of ids) this.byId.get(id)?.settle('answered');
    });
    const ready = hearing.ready();
    ready.catch(() => undefined);
    this.line = { queue, hearing, ready };
    return this.line;
  }
}
