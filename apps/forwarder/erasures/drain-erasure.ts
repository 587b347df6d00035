import { AppError, id, maskJson, type ErasureId, type NumberTrace } from '#domain';
import {
  ErasureBook,
  sealedFor,
  type ErasureContext,
  type ErasureOwner,
  type ErasurePlace,
  type ErasureStore,
  type FoundAnswer,
} from '#db';
import { logFailure, type Clock, type Log, type SecretBox } from '#platform';
import type { Lease, Leaving, Slice } from '#queues';
import { erasureSteps, type ErasureStep, type ErasureWork } from './erasure-steps.js';

/** Between two looks at what it waits for. */
const LOOK_AGAIN_MS = 2_000;
const MOST_TRIES = 3;
const OUR_FAULT =
  'Our own code fails on the next rows; the log of the forwarder says why. It can be started again.';

export interface DrainErasureParts {
  store: Pick<
    ErasureStore,
    'context' | 'search' | 'write' | 'waitsFor' | 'wait' | 'begin' | 'counted' | 'finish' | 'fail'
  >;
  box: Pick<SecretBox, 'open'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** What one drain works with. */
interface Work extends ErasureWork {
  owner: ErasureOwner;
}

/**
 * Drains an erasure's mailbox: counts what there is of a number, waits until what is owed is told, then deletes and masks it table
 * by table, and looks once more at what came meanwhile. Each slice is one statement with the place that it got to, so a drain that
 * is killed leaves the place of its last slice, and the next one goes on from there.
 */
export class DrainErasure {
  private readonly steps: readonly ErasureStep[];

  constructor(private readonly parts: DrainErasureParts) {
    this.steps = erasureSteps(parts.store.search, (answer) => this.opened(answer));
  }

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const owner = { erasureId: id<ErasureId>(lease.id), fence: lease.fence };
    const context = await this.parts.store.context(owner.erasureId);
    if (!context?.trace) return { more: false };
    const { state, trace } = context;
    if (state === 'telling') return this.tell(owner, context, trace);
    if (state !== 'counting' && state !== 'erasing') return { more: false };
    const counting = state === 'counting';
    const whose = { tenantId: context.tenantId, trace, erasureId: owner.erasureId, counting };
    const book = new ErasureBook(context.report);
    try {
      return {
        more: await this.goThrough({ owner, context, whose, trace, counting, book }, slice),
        memo: {},
      };
    } catch (error) {
      if (error instanceof AppError && error.fault === 'unavailable') throw error;
      const after = await this.parts.store.context(owner.erasureId);
      const gotOn = JSON.stringify(after?.place) !== JSON.stringify(context.place);
      return this.heed(owner, error, gotOn ? 1 : triesIn(lease.memo) + 1);
    }
  }

  /** A slice on which our own code fails is tried three times, as any letter is; then the erasure ends, and says so. */
  private async heed(owner: ErasureOwner, error: unknown, tries: number): Promise<Leaving> {
    logFailure(this.parts.log, 'erasure.slice_failed', error, { erasure: owner.erasureId, tries });
    if (tries < MOST_TRIES) return { more: false, memo: { tries } };
    await this.parts.store.fail(owner, OUR_FAULT);
    return { more: false, memo: {} };
  }

  /** What is owed is told first, as long as it was said to wait. */
  private async tell(owner: ErasureOwner, context: ErasureContext, trace: NumberTrace): Promise<Leaving> {
    const { store, clock } = this.parts;
    const waitsFor = await store.waitsFor(context.tenantId, trace);
    const now = clock.now();
    const waits = waitsFor.calls + waitsFor.deliveries > 0;
    if (waits && context.waitUntil !== null && now < context.waitUntil) {
      await store.wait(owner, waitsFor);
      return { more: false, notBefore: Math.min(now + LOOK_AGAIN_MS, context.waitUntil) };
    }
    return { more: await store.begin(owner, now, new ErasureBook({}).report) };
  }

  /** @returns whether there is more to do */
  private async goThrough(work: Work, slice: Slice): Promise<boolean> {
    let place = work.context.place ?? this.firstPlace();
    while (!slice.over) {
      const step = this.steps.find(({ name }) => name === place.step);
      const next = step ? await this.goOn(work, step, place) : this.placeBehind(place, work);
      if (next === 'lost') return false;
      if (next === null) return this.end(work);
      place = next;
    }
    return true;
  }

  /** One slice. @returns where to go on; null behind the last one */
  private async goOn(
    work: Work,
    step: ErasureStep,
    place: ErasurePlace,
  ): Promise<ErasurePlace | null | 'lost'> {
    const last = place.round === 1;
    const since = last ? step.since?.(work.context.begunAt ?? this.parts.clock.now()) : undefined;
    const after = place.after ?? since ?? step.least;
    const { erasing, next } = await step.look(work, after, last);
    const behind = next === null ? this.placeBehind(place, work) : { ...place, after: next };
    const saved = {
      state: work.context.state,
      place: behind ?? { ...place, step: 'end', after: null },
      report: work.book.report,
    };
    const isDone = !work.counting || erasing.what === 'trace';
    const kept = await this.parts.store.write(work.owner, saved, isDone ? erasing : { what: 'nothing' });
    return kept ? behind : 'lost';
  }

  private firstPlace(): ErasurePlace {
    return { round: 0, step: this.steps[0]?.name ?? '', after: null };
  }

  /** Counting looks once, erasing once more at its end. */
  private placeBehind({ round, step }: ErasurePlace, { counting }: Work): ErasurePlace | null {
    const at = this.steps.findIndex(({ name }) => name === step);
    // One that another build knew: the look begins again.
    if (at < 0 && step !== 'end') return { ...this.firstPlace(), round };
    const next = step === 'end' ? undefined : this.steps[at + 1];
    if (next) return { round, step: next.name, after: null };
    return round === 0 && !counting && step !== 'end' ? { ...this.firstPlace(), round: 1 } : null;
  }

  private async end({ owner, context, trace, counting, book }: Work): Promise<boolean> {
    const { store, clock } = this.parts;
    const now = clock.now();
    // One that was not to be a dry run goes on by itself.
    if (counting) return store.counted(owner, now, book.report);
    const report = maskJson(JSON.stringify(book.report), trace);
    const preview = context.preview === null ? null : maskJson(JSON.stringify(context.preview), trace);
    const counts = Object.entries(book.report.tables).map(([table, counted]) => [
      table,
      { from: null, to: counted },
    ]);
    const skipped = book.report.skipped.length + book.report.skippedMore;
    const changes = { ...Object.fromEntries(counts), skipped: { from: null, to: skipped } } as object;
    await store.finish(owner, now, { report, preview, changes });
    return false;
  }

  private opened({ actorId, key, sealed }: FoundAnswer): string | undefined {
    if (sealed === null) return undefined;
    try {
      return this.parts.box.open(sealed, sealedFor.idempotentAnswer(actorId, key));
    } catch {
      return undefined;
    }
  }
}

function triesIn(memo: unknown): number {
  const { tries } = (memo ?? {}) as { tries?: unknown };
  return typeof tries === 'number' ? tries : 0;
}
