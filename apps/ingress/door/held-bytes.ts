import type { AppError } from '#domain';
import { refusal } from './refusals.js';

export interface HeldLimits {
  /** Bytes, of all requests. */
  total: number;
  /** Bytes, of requests from one source. */
  perSource: number;
}

/**
 * Counts the bytes that are held of requests that have not wholly arrived, or are not kept yet. Where a source holds too much,
 * or all together, the largest unfinished one is given up and not the newcomer: whoever holds a megabyte back must not keep
 * small webhooks of the same address out.
 */
export class HeldBytes {
  private total = 0;
  private readonly sources = new Map<string, Source>();

  constructor(private readonly limits: HeldLimits) {}

  get bytes(): number {
    return this.total;
  }

  /** @param giveUp  told when the request must let go of what it has */
  open(source: string, giveUp: (why: AppError) => void): Holding {
    return new Holding(this, source, giveUp);
  }

  /** @internal */
  add(holding: Holding, bytes: number): void {
    const known = this.sources.get(holding.source);
    const source = known ?? { bytes: 0, unfinished: new Set<Holding>() };
    if (!known) this.sources.set(holding.source, source);
    source.unfinished.add(holding);
    source.bytes += bytes;
    this.total += bytes;
    while (source.bytes > this.limits.perSource && giveUpLargest(source, 'too_much_at_once'));
    while (this.total > this.limits.total) {
      const largest = this.largestSource();
      if (!largest || !giveUpLargest(largest, 'busy')) break;
    }
  }

  /** @internal */
  take(holding: Holding, bytes: number): void {
    const source = this.sources.get(holding.source);
    if (source?.unfinished.has(holding) === true) source.bytes -= bytes;
    this.total -= bytes;
    if (holding.bytes === 0 && source?.unfinished.delete(holding) === true && source.unfinished.size === 0) {
      this.sources.delete(holding.source);
    }
  }

  /** @internal It has wholly arrived: it counts with all until it is answered, and nobody gives it up. */
  finish(holding: Holding): void {
    const source = this.sources.get(holding.source);
    if (source?.unfinished.delete(holding) !== true) return;
    source.bytes -= holding.bytes;
    if (source.unfinished.size === 0) this.sources.delete(holding.source);
  }

  /** @internal */
  release(holding: Holding): void {
    this.finish(holding);
    this.total -= holding.bytes;
  }

  private largestSource(): Source | undefined {
    let largest: Source | undefined;
    for (const source of this.sources.values()) {
      if (source.bytes > (largest?.bytes ?? 0)) largest = source;
    }
    return largest;
  }
}

interface Source {
  /** Of those that are unfinished. */
  bytes: number;
  unfinished: Set<Holding>;
}

/** @returns whether there was one */
function giveUpLargest({ unfinished }: Source, why: 'too_much_at_once' | 'busy'): boolean {
  let largest: Holding | undefined;
  for (const holding of unfinished) if (holding.bytes > (largest?.bytes ?? 0)) largest = holding;
  largest?.giveUp(refusal(why));
  return largest !== undefined;
}

/** What one request holds. */
export class Holding {
  bytes = 0;
  private over = false;

  constructor(
    private readonly held: HeldBytes,
    readonly source: string,
    private readonly tell: (why: AppError) => void,
  ) {}

  /** May give up this request or others before it returns. */
  grow(bytes: number): void {
    if (this.over) return;
    this.bytes += bytes;
    this.held.add(this, bytes);
  }

  /** By bytes that it grew by before. */
  shrink(bytes: number): void {
    if (this.over) return;
    this.bytes -= bytes;
    this.held.take(this, bytes);
  }

  finish(): void {
    if (!this.over) this.held.finish(this);
  }

  release(): void {
    if (this.over) return;
    this.over = true;
    this.held.release(this);
  }

  giveUp(why: AppError): void {
    this.release();
    this.tell(why);
  }
}
