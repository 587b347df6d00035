import {
  AppError,
  notFound,
  type Actor,
  type CampaignId,
  type ImportId,
  type Instant,
  type TenantId,
} from '#domain';
import { newId, type Clock } from '#platform';
import type { Prisma } from '../generated/client.js';
import type { ImportSettings, ImportState } from '../hot/import-store.js';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { differences, made, writeAudit } from './audit-trail.js';
import { given } from './given.js';
import { importOf, type ImportFaultRecord, type ImportRecord } from './import-record.js';
import { lockRow } from './lock-row.js';
import { newestFirst, olderThan, pageOf, type Page, type PageAsk } from './page.js';
import { dateOf } from './times.js';

/** Files that a tenant may have lying here before they are imported. */
const MOST_OPEN = 20;
const OPEN: ImportState[] = ['uploading', 'waiting', 'checked', 'running', 'undoing'];

/** From which states an order can be given. */
const MAY: Record<'start' | 'cancel' | 'undo', readonly ImportState[]> = {
  start: ['waiting', 'checked'],
  cancel: ['waiting', 'checked', 'running'],
  undo: ['done', 'cancelled', 'failed'],
};

export interface ImportDraft {
  /** Whose leads they are; left out for contacts. */
  campaignId?: CampaignId | undefined;
  fileName: string | null;
  charset: string;
  settings: ImportSettings;
}

/** Files that become contacts or leads: taken in, ordered, watched, cancelled, undone. The forwarder carries it out. */
export class ImportRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Makes an import whose file is about to come. @throws AppError `import.too_many`, `resource.not_found` for the campaign */
  begin(tenant: TenantId, draft: ImportDraft, by: Actor): Promise<ImportRecord> {
    const at = dateOf(this.clock.now());
    return this.scope.forTenant(tenant, async (tx) => {
      const open = await tx.import.count({ where: { tenantId: tenant, state: { in: OPEN } } });
      if (open >= MOST_OPEN) throw tooMany();
      const { campaignId = null } = draft;
      if (campaignId !== null) await assertCampaign(tx, tenant, campaignId);
      const row = await tx.import.create({
        data: {
          id: newId<ImportId>(),
          tenantId: tenant,
          kind: campaignId === null ? 'contacts' : 'leads',
          campaignId,
          state: 'uploading',
          fileName: draft.fileName,
          charset: draft.charset,
          settings: draft.settings as unknown as Prisma.InputJsonObject,
          createdBy: by.id,
          createdAt: at,
          updatedAt: at,
        },
      });
      return importOf(row);
    });
  }

  /** Adds the next piece of the file. @throws AppError `resource.not_found` */
  addChunk(tenant: TenantId, importId: ImportId, piece: { at: number; bytes: Uint8Array }): Promise<void> {
    return this.scope.forTenant(tenant, async (tx) => {
      if (!(await lockRow(tx, 'import', tenant, importId))) throw notFound('import');
      const bytes = new Uint8Array(piece.bytes);
      await tx.importChunk.create({ data: { importId, tenantId: tenant, at: BigInt(piece.at), bytes } });
    });
  }

  /** The file is here. @throws AppError `resource.not_found` */
  uploaded(
    tenant: TenantId,
    importId: ImportId,
    file: { bytes: number; charset: string; settings: ImportSettings },
    by: Actor,
  ): Promise<ImportRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, importId);
      const row = await tx.import.update({
        where: { id: importId, tenantId: tenant },
        data: {
          state: 'waiting',
          bytes: BigInt(file.bytes),
          charset: file.charset,
          settings: file.settings as unknown as Prisma.InputJsonObject,
          updatedAt: dateOf(at),
        },
      });
      const changes = made({ fileName: before.fileName, bytes: file.bytes });
      const action = 'import.created';
      await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: importId, changes });
      return importOf(row);
    });
  }

  /** Forgets an import whose file did not come. */
  discard(tenant: TenantId, importId: ImportId): Promise<void> {
    return this.scope.forTenant(tenant, async (tx) => {
      await tx.import.deleteMany({ where: { id: importId, tenantId: tenant, state: 'uploading' } });
    });
  }

  /** @param filter.campaignId  null: those of contacts; left out: all */
  list(
    tenant: TenantId,
    filter: { state?: ImportState | undefined; campaignId?: CampaignId | null | undefined },
    ask: PageAsk,
  ): Promise<Page<ImportRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      const where = { ...given(filter), ...olderThan(ask), tenantId: tenant };
      const rows = await tx.import.findMany({ where, ...newestFirst(ask) });
      return pageOf(rows, ask.limit, { item: importOf, key: (row) => row.id });
    });
  }

  get(tenant: TenantId, importId: ImportId): Promise<ImportRecord | undefined> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.import.findFirst({ where: { id: importId, tenantId: tenant } });
      return row === null ? undefined : importOf(row);
    });
  }

  /** The beginning of the file, as it is kept; empty once it was imported. */
  startOfFile(tenant: TenantId, importId: ImportId): Promise<Uint8Array> {
    return this.scope.forTenant(tenant, async (tx) => {
      const row = await tx.importChunk.findFirst({ where: { importId, tenantId: tenant, at: 0n } });
      return row?.bytes ?? new Uint8Array();
    });
  }

  /** What was wrong with rows, in the order of the file, behind this place. */
  faults(
    tenant: TenantId,
    importId: ImportId,
    { after, most }: { after: { line: number; place: number } | null; most: number },
  ): Promise<ImportFaultRecord[]> {
    const behind =
      after === null
        ? {}
        : { OR: [{ line: { gt: after.line } }, { line: after.line, place: { gt: after.place } }] };
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.importFault.findMany({
        where: { importId, tenantId: tenant, ...behind },
        orderBy: [{ line: 'asc' }, { place: 'asc' }],
        take: most,
      });
      return rows.map(({ line, place, imported, column, code, message, fields }) => ({
        ...{ line, place, imported, column, code, message },
        fields: fields as string[],
      }));
    });
  }

  /** Has the file read from its beginning. @throws AppError `resource.not_found`, `import.not_now` */
  start(
    tenant: TenantId,
    importId: ImportId,
    { settings, dryRun }: { settings: ImportSettings; dryRun: boolean },
    by: Actor,
  ): Promise<ImportRecord> {
    const at = this.clock.now();
    const afresh = {
      handledBytes: 0n,
      handledLines: 0,
      rows: 0,
      made: 0,
      changed: 0,
      unchanged: 0,
      invalid: 0,
    };
    const kept = settings as unknown as Prisma.InputJsonObject;
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, importId);
      await tx.importFault.deleteMany({ where: { importId, tenantId: tenant } });
      await tx.importKey.deleteMany({ where: { importId, tenantId: tenant } });
      return order(
        tx,
        before,
        { tenant, at, by },
        {
          what: 'start',
          action: 'import.started',
          tell: { dryRun },
          data: {
            ...afresh,
            ...{ repeated: 0, failed: 0, state: 'running', dryRun, finishedAt: null, settings: kept },
          },
        },
      );
    });
  }

  /** What was imported stays. @throws AppError `resource.not_found`, `import.not_now` */
  cancel(tenant: TenantId, importId: ImportId, by: Actor): Promise<ImportRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, importId);
      const data = { state: 'cancelled', finishedAt: dateOf(at) } as const;
      const what = { what: 'cancel', action: 'import.cancelled', tell: {}, data } as const;
      const cancelled = await order(tx, before, { tenant, at, by }, what);
      await tx.importChunk.deleteMany({ where: { importId, tenantId: tenant } });
      await tx.importKey.deleteMany({ where: { importId, tenantId: tenant } });
      return cancelled;
    });
  }

  /** Takes back what it made and changed. @throws AppError `resource.not_found`, `import.not_now` */
  undo(tenant: TenantId, importId: ImportId, by: Actor): Promise<ImportRecord> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const before = await findLocked(tx, tenant, importId);
      const data = { state: 'undoing', finishedAt: null, undoAfter: null } as const;
      return order(tx, before, { tenant, at, by }, { what: 'undo', action: 'import.undone', tell: {}, data });
    });
  }
}

interface Order {
  what: keyof typeof MAY;
  action: string;
  /** Beside the state, for the audit trail. */
  tell: Record<string, unknown>;
  data: Prisma.ImportUncheckedUpdateInput & { state: ImportState };
}

/** @param before  locked */
async function order(
  tx: Tx,
  before: ImportRecord,
  { tenant, at, by }: { tenant: TenantId; at: Instant; by: Actor },
  { what, action, tell, data }: Order,
): Promise<ImportRecord> {
  if (!MAY[what].includes(before.state)) throw notNow(what, before.state);
  const row = await tx.import.update({
    where: { id: before.id, tenantId: tenant },
    data: { ...data, updatedAt: dateOf(at) },
  });
  const changes = differences(before, { state: data.state, ...tell });
  await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: before.id, changes });
  return importOf(row);
}

/** @throws AppError `resource.not_found` also for a deleted one */
async function assertCampaign(tx: Tx, tenant: TenantId, campaignId: CampaignId): Promise<void> {
  const where = { id: campaignId, tenantId: tenant, state: { not: 'deleted' } };
  if ((await tx.campaign.count({ where })) === 0) throw notFound('campaign');
}

/** @throws AppError `resource.not_found` */
async function findLocked(tx: Tx, tenant: TenantId, importId: ImportId): Promise<ImportRecord> {
  if (!(await lockRow(tx, 'import', tenant, importId))) throw notFound('import');
  return importOf(await tx.import.findUniqueOrThrow({ where: { id: importId, tenantId: tenant } }));
}

function tooMany(): AppError {
  const message = `There are ${String(MOST_OPEN)} imports that are not finished: start or cancel some of them first.`;
  return new AppError('conflict', 'import.too_many', message);
}

function notNow(what: keyof typeof MAY, state: ImportState): AppError {
  const words = { start: 'started', cancel: 'cancelled', undo: 'undone' }[what];
  const message = `This import is ${state}; it can be ${words} when it is ${MAY[what].join(' or ')}.`;
  return new AppError('conflict', 'import.not_now', message, { details: { state } });
}
