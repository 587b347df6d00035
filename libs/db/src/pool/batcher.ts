import { AppError } from '#domain';

/** Trying one by one helps when one item is at fault, not when the database is. */
function isAway(error: unknown): boolean {
  return error instanceof AppError && error.fault === 'unavailable';
}

/**
 * Group commit: items that are asked for while a statement is under way travel together in the next one. Under light
 * load every item goes at once and alone; under heavy load statements grow instead of queues.
 */
export interface BatcherOptions<In, Out> {
  /** Most items of one statement. */
  maxItems: number;
  /** Statements under way at once. */
  maxInFlight: number;
  /** Milliseconds between the beginnings of two statements: an item after a pause goes at once, in a crowd many go together. */
  apartMs?: number;
  /** Milliseconds that the first item waits for others to come along. Default: until the end of this turn of the event loop. */
  gatherMs?: number;
  /**
   * Runs one statement; answers in the order of the items. When it throws, each item is tried alone, so that one that the
   * database refuses does not fail its neighbours, who may be another tenant's.
   */
  run: (items: In[]) => Promise<Out[]>;
}

interface Waiting<In, Out> {
  item: In;
  resolve: (value: Out) => void;
  reject: (reason: unknown) => void;
}

export class Batcher<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private inFlight = 0;
  private scheduled = false;
  private lastBegun = -Infinity;

  constructor(private readonly options: BatcherOptions<In, Out>) {}

  /** Resolves when the statement that carried this item has committed. */
  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.inFlight >= this.options.maxInFlight) return;
    this.scheduled = true;
    const flush = (): void => {
      this.scheduled = false;
      this.flush();
    };
    // At the least after the current turn of the event loop, so that everything read from sockets in it comes along.
    const waitMs = this.waiting.length >= this.options.maxItems ? 0 : this.waitMs();
    if (waitMs <= 0) setImmediate(flush);
    else setTimeout(flush, waitMs);
  }

  private waitMs(): number {
    const { gatherMs = 0, apartMs = 0 } = this.options;
    return Math.max(gatherMs, this.lastBegun + apartMs - performance.now());
  }

  private flush(): void {
    while (this.waiting.length > 0 && this.inFlight < this.options.maxInFlight) {
      const batch = this.waiting.splice(0, this.options.maxItems);
      this.inFlight += 1;
      this.lastBegun = performance.now();
      void this.settle(batch).finally(() => {
        this.inFlight -= 1;
        if (this.waiting.length > 0) this.schedule();
      });
    }
  }

  private async settle(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await this.options.run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as Out);
      });
    } catch (error) {
      if (batch.length === 1 || isAway(error)) for (const { reject } of batch) reject(error);
      else for (const one of batch) await this.settle([one]);
    }
  }
}
