import { setImmediate } from 'node:timers/promises';
import { AppError, id, type ImportId } from '#domain';
import type { ImportBatch, ImportContext, ImportOwner, ImportState, ImportStore } from '#db';
import { CsvUnreadable, csvBatches, logFailure, type Clock, type CsvBatch, type Log } from '#platform';
import type { Lease, Leaving, Slice } from '#queues';
import { readImportRows } from './read-import-rows.js';

/** Rows of one batch: read, looked up and written together. */
export const IMPORT_BATCH = 500;
/** Lines after which the database looks at the sizes of its tables, if it takes them for small. */
const LEARNS_AT = [2_000, 10_000];
/** Contacts that are taken back by one statement. */
const UNDO_BATCH = 500;

const MOST_TRIES = 3;
const OUR_FAULT =
  'Our own code fails on the next rows; the log of the forwarder says why. What came before is imported.';

export interface DrainImportParts {
  store: Pick<ImportStore, 'context' | 'fileFrom' | 'write' | 'learnSizes' | 'undo' | 'fail'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/**
 * Drains an import's mailbox: rows of its file become contacts, batch by batch, each batch in one transaction with the place that
 * it got to. A drain that is killed leaves the place of its last batch, and the next one goes on from there.
 */
export class DrainImport {
  constructor(private readonly parts: DrainImportParts) {}

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const owner = { importId: id<ImportId>(lease.id), fence: lease.fence };
    const context = await this.parts.store.context(owner.importId);
    if (context?.state === 'undoing') return { more: await this.undo(owner, slice) };
    if (context?.state !== 'running') return { more: false };
    try {
      return { more: await this.read(owner, context, slice), memo: {} };
    } catch (error) {
      if (isAway(error)) throw error;
      const after = await this.parts.store.context(owner.importId);
      const gotOn = after !== undefined && after.handledBytes > context.handledBytes;
      return this.heed(owner, error, gotOn ? 1 : triesIn(lease.memo) + 1);
    }
  }

  /** A batch on which our own code fails is tried three times, as any letter is; then the import ends, and says so. */
  private async heed(owner: ImportOwner, error: unknown, tries: number): Promise<Leaving> {
    const isOurs = !(error instanceof CsvUnreadable);
    if (isOurs) logFailure(this.parts.log, 'import.batch_failed', error, { import: owner.importId, tries });
    if (isOurs && tries < MOST_TRIES) return { more: false, memo: { tries } };
    await this.parts.store.fail(owner, isOurs ? OUR_FAULT : error.message);
    return { more: false, memo: {} };
  }

  /** While a batch is being written, the next one is read. @returns whether there is more to read */
  private async read(owner: ImportOwner, context: ImportContext, slice: Slice): Promise<boolean> {
    const { handledBytes, settings } = context;
    const file = this.parts.store.fileFrom(owner.importId, handledBytes);
    let skip = settings.hasHeader && handledBytes === 0 ? 1 : 0;
    const place = { bytes: handledBytes, lines: context.handledLines };
    const learnsAt = LEARNS_AT.filter((lines) => lines > context.handledLines);
    let writing: Promise<ImportState | null> = Promise.resolve('running');
    try {
      for await (const batch of csvBatches(file, { delimiter: settings.delimiter, most: IMPORT_BATCH })) {
        const writtenLines = place.lines;
        const last = batch.rows.at(-1);
        if (last) {
          place.bytes = handledBytes + last.toBytes;
          place.lines = context.handledLines + last.line;
        }
        const read = this.readBatch(context, { ...batch, skip }, place);
        if ((await writing) !== 'running') return false;
        await this.learnSizes(learnsAt, writtenLines);
        writing = this.parts.store.write(owner, read);
        // Whoever waits for it comes later, and a failure before that is no failure of the process.
        writing.catch(() => undefined);
        if (slice.over) break;
        skip = 0;
        // Reading does not wait for anything, and the statement would be sent when it is over.
        await setImmediate();
      }
    } catch (error) {
      // What was read before it is imported before the file is called unreadable.
      if (error instanceof CsvUnreadable && (await writing) !== 'running') return false;
      throw error;
    }
    return (await writing) === 'running';
  }

  /** @param learnsAt  those that it got to are taken out */
  private async learnSizes(learnsAt: number[], writtenLines: number): Promise<void> {
    if ((learnsAt[0] ?? Infinity) > writtenLines) return;
    learnsAt.shift();
    await this.parts.store.learnSizes();
  }

  /**
   * @param batch  with how many rows at its beginning are no contacts
   * @param place  behind it
   */
  private readBatch(
    context: ImportContext,
    batch: CsvBatch & { skip: number },
    place: { bytes: number; lines: number },
  ): ImportBatch {
    const { columns, settings, handledLines } = context;
    const { header, country } = settings;
    const rows = batch.rows.slice(batch.skip);
    return {
      ...readImportRows(rows, { columns, header, country, linesBefore: handledLines }),
      at: this.parts.clock.now(),
      columns,
      toBytes: place.bytes,
      toLines: place.lines,
      readRows: rows.length,
      isLast: batch.isLast,
    };
  }

  /** @returns whether there is more to take back */
  private async undo(owner: ImportOwner, slice: Slice): Promise<boolean> {
    let state: string | null = 'undoing';
    while (state === 'undoing' && !slice.over) {
      state = await this.parts.store.undo(owner, this.parts.clock.now(), UNDO_BATCH);
    }
    return state === 'undoing';
  }
}

function triesIn(memo: unknown): number {
  const { tries } = (memo ?? {}) as { tries?: unknown };
  return typeof tries === 'number' ? tries : 0;
}

/** The database comes back, and nobody is to blame. */
function isAway(error: unknown): boolean {
  return error instanceof AppError && error.fault === 'unavailable';
}
