import { setImmediate } from 'node:timers/promises';
import { AppError, id, type CampaignId, type ImportId } from '#domain';
import type { ImportContext, ImportOwner, ImportState, ImportStore, LeadImportStore } from '#db';
import { csvBatches, logFailure, type Clock, type Log } from '#platform';
import type { Lease, Leaving, Slice } from '#queues';
import { importContacts } from './import-contacts.js';
import type { ImportKind } from './import-kind.js';
import { importLeads } from './import-leads.js';

/** Contacts or leads that are taken back by one statement. */
const UNDO_BATCH = 500;

const MOST_TRIES = 3;
const OUR_FAULT =
  'Our own code fails on the next rows; the log of the forwarder says why. What came before is imported.';

export interface DrainImportParts {
  store: Pick<ImportStore, 'context' | 'fileFrom' | 'write' | 'learnSizes' | 'undo' | 'fail'>;
  leads: Pick<LeadImportStore, 'write' | 'undo'>;
  /** Told that there may be somebody to call. */
  ringCampaign: (campaignId: CampaignId) => void;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/**
 * Drains an import's mailbox: rows of its file become contacts or leads, batch by batch, each batch in one transaction with the place that
 * it got to. A drain that is killed leaves the place of its last batch, and the next one goes on from there.
 */
export class DrainImport {
  constructor(private readonly parts: DrainImportParts) {}

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const owner = { importId: id<ImportId>(lease.id), fence: lease.fence };
    const context = await this.parts.store.context(owner.importId);
    if (context === undefined) return { more: false };
    return context.campaignId === null
      ? this.work({ owner, context, kind: importContacts(this.parts.store) }, lease, slice)
      : this.work({ owner, context, kind: importLeads(this.parts.leads) }, lease, slice);
  }

  private async work<Batch>(work: Work<Batch>, lease: Lease, slice: Slice): Promise<Leaving> {
    const { owner, context } = work;
    if (context.state === 'undoing') return { more: await this.undo(work, slice) };
    if (context.state !== 'running') return { more: false };
    try {
      return { more: await this.read(work, slice), memo: {} };
    } catch (error) {
      if (isAway(error)) throw error;
      const after = await this.parts.store.context(owner.importId);
      const gotOn = after !== undefined && after.handledBytes > context.handledBytes;
      return await this.heed(owner, error, gotOn ? 1 : triesIn(lease.memo) + 1);
    } finally {
      if (context.campaignId !== null) this.parts.ringCampaign(context.campaignId);
    }
  }

  /** A batch on which our own code fails is tried three times, as any letter is; then the import ends, and says so. */
  private async heed(owner: ImportOwner, error: unknown, tries: number): Promise<Leaving> {
    logFailure(this.parts.log, 'import.batch_failed', error, { import: owner.importId, tries });
    if (tries < MOST_TRIES) return { more: false, memo: { tries } };
    await this.parts.store.fail(owner, OUR_FAULT);
    return { more: false, memo: {} };
  }

  /** While a batch is being written, the next one is read. @returns whether there is more to read */
  private async read<Batch>({ owner, context, kind }: Work<Batch>, slice: Slice): Promise<boolean> {
    const { handledBytes, handledLines, settings } = context;
    const file = this.parts.store.fileFrom(owner.importId, handledBytes);
    let skip = settings.hasHeader && handledBytes === 0 ? 1 : 0;
    const place = { toBytes: handledBytes, toLines: handledLines };
    const learnsAt = kind.learnsAt.filter((lines) => lines > handledLines);
    let writing: Promise<ImportState | null> = Promise.resolve('running');
    for await (const batch of csvBatches(file, { delimiter: settings.delimiter, most: kind.most })) {
      const writtenLines = place.toLines;
      const last = batch.rows.at(-1);
      if (last) {
        place.toBytes = handledBytes + last.toBytes;
        place.toLines = handledLines + last.line;
      }
      const rows = batch.rows.slice(skip);
      const upTo = { at: this.parts.clock.now(), ...place, readRows: rows.length, isLast: batch.isLast };
      const read = await kind.read(context, rows, upTo);
      if ((await writing) !== 'running') return false;
      await this.learnSizes(learnsAt, writtenLines);
      writing = kind.write(owner, read);
      // Whoever waits for it comes later, and a failure before that is no failure of the process.
      writing.catch(() => undefined);
      if (slice.over) break;
      skip = 0;
      // Reading does not wait for anything, and the statement would be sent when it is over.
      await setImmediate();
    }
    return (await writing) === 'running';
  }

  /** @param learnsAt  those that it got to are taken out */
  private async learnSizes(learnsAt: number[], writtenLines: number): Promise<void> {
    if ((learnsAt[0] ?? Infinity) > writtenLines) return;
    learnsAt.shift();
    await this.parts.store.learnSizes();
  }

  /** @returns whether there is more to take back */
  private async undo<Batch>({ owner, kind }: Work<Batch>, slice: Slice): Promise<boolean> {
    let state: string | null = 'undoing';
    while (state === 'undoing' && !slice.over) {
      state = await kind.undo(owner, this.parts.clock.now(), UNDO_BATCH);
    }
    return state === 'undoing';
  }
}

interface Work<Batch> {
  owner: ImportOwner;
  context: ImportContext;
  kind: ImportKind<Batch>;
}

function triesIn(memo: unknown): number {
  const { tries } = (memo ?? {}) as { tries?: unknown };
  return typeof tries === 'number' ? tries : 0;
}

/** The database comes back, and nobody is to blame. */
function isAway(error: unknown): boolean {
  return error instanceof AppError && error.fault === 'unavailable';
}
