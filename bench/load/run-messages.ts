import { sharedNowMs } from '../../apps/simulator/index.js';
import { HttpLane } from './http-lane.js';
import type { LoadOrder, LoadOutcome, LoadProgress } from './load-contract.js';

const PROGRESS_EVERY_MS = 1_000;
const TICK_MS = 1;

/** What is sent, by number. */
export interface Messages {
  /** A whole HTTP request in a buffer of its own, as it may still be on its way when the next one is asked for. */
  request: (message: number) => Buffer;
  /** Told each answer as it comes; status 0 and nothing when none came. */
  answered?: (message: number, status: number, body: Buffer) => void;
  /** Whether a run may end before this message; always when left out. */
  mayEndBefore?: (message: number) => boolean;
}

export type RunShape = Pick<LoadOrder, 'loop' | 'rate' | 'seconds' | 'lanes' | 'urls'>;

/** Sends messages and waits for their answers. A message without an answer is not sent again: it counts as such. */
export async function runMessages(
  shape: RunShape,
  messages: Messages,
  progress: (state: LoadProgress) => void,
): Promise<LoadOutcome> {
  const cpuBefore = process.cpuUsage();
  const run = new LoadRun(shape, messages);
  const told = setInterval(() => progress(run.progress), PROGRESS_EVERY_MS);
  try {
    await (shape.loop === 'open' ? run.open() : run.closed());
  } finally {
    clearInterval(told);
    run.close();
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return { ...run.outcome(), cpuSeconds: (user + system) / 1e6 };
}

class LoadRun {
  private readonly sentMs: number[] = [];
  private readonly answeredMs: number[] = [];
  private readonly statuses: number[] = [];
  private readonly lanes: HttpLane[];
  private answered = 0;
  private finished: () => void = () => undefined;

  constructor(
    private readonly shape: RunShape,
    private readonly messages: Messages,
  ) {
    const { hostname, port } = new URL(shape.urls[0] as string);
    this.lanes = Array.from({ length: shape.lanes }, () => new HttpLane(hostname, Number(port)));
  }

  get progress(): LoadProgress {
    return { sent: this.sentMs.length, answered: this.answered };
  }

  outcome(): Omit<LoadOutcome, 'cpuSeconds'> {
    return {
      sentMs: Float64Array.from(this.sentMs),
      answeredMs: Float64Array.from(this.answeredMs),
      statuses: Uint16Array.from(this.statuses),
    };
  }

  close(): void {
    for (const lane of this.lanes) lane.close();
  }

  /** Messages that are due while all lanes are busy wait, and their waiting is part of their latency. */
  open(): Promise<void> {
    const { rate, seconds } = this.shape;
    const total = Math.round(rate * seconds);
    const free = [...this.lanes];
    const startedMs = sharedNowMs();
    let next = 0;
    const pump = () => {
      while (next < this.sentMs.length) {
        const lane = free.pop();
        if (!lane) return;
        this.send(lane, next, () => {
          free.push(lane);
          if (this.answered === total) this.finished();
          else pump();
        });
        next += 1;
      }
    };
    const tick = () => {
      const due = Math.min(total, Math.floor(((sharedNowMs() - startedMs) * rate) / 1000) + 1);
      while (this.sentMs.length < due) this.sentMs.push(startedMs + (this.sentMs.length * 1000) / rate);
      pump();
      if (due < total) setTimeout(tick, TICK_MS);
    };
    return new Promise((resolve) => {
      this.finished = resolve;
      tick();
    });
  }

  closed(): Promise<void> {
    const endMs = sharedNowMs() + this.shape.seconds * 1000;
    let busy = this.lanes.length;
    return new Promise((resolve) => {
      const go = (lane: HttpLane) => {
        const now = sharedNowMs();
        if (now >= endMs && (this.messages.mayEndBefore?.(this.sentMs.length) ?? true)) {
          busy -= 1;
          if (busy === 0) resolve();
          return;
        }
        const message = this.sentMs.push(now) - 1;
        this.send(lane, message, (status) => {
          // A refused connection fails at once; asking again at once would only heat the machine.
          if (status === 0) setTimeout(go, 10, lane);
          else go(lane);
        });
      };
      for (const lane of this.lanes) go(lane);
    });
  }

  private send(lane: HttpLane, message: number, done: (status: number) => void): void {
    lane.send(this.messages.request(message), (status, body) => {
      this.answeredMs[message] = sharedNowMs();
      this.statuses[message] = status;
      this.answered += 1;
      this.messages.answered?.(message, status, body);
      done(status);
    });
  }
}
