import {
  id,
  readColumn,
  type CampaignId,
  type Column,
  type ContactId,
  type ContactRow,
  type ImportId,
  type Instant,
  type LeadFault,
  type RowFault,
  type TenantId,
} from '#domain';
import { newId } from '#platform';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';
import { storableJson } from './storable-json.js';
import { withoutNul } from './without-nul.js';

/** How a file is read, as kept in `import.settings`. */
export interface ImportSettings {
  /** One character. */
  delimiter: string;
  /** Whether the first row names the columns. */
  hasHeader: boolean;
  /** What each column holds; see `readColumn`. */
  columns: string[];
  /** The names of the columns, as the first row has them; empty without a header. */
  header: string[];
  /** ISO 3166-1 alpha-2 of numbers without a country code; null when all have one. */
  country: string | null;
  /** Of leads only. */
  leads?: LeadImportSettings;
}

export const LEAD_DUPLICATES = ['open', 'campaign', 'tenant'] as const;
/** Whose number is not added again: of a lead of the campaign that is open, of any of the campaign, of any of the tenant. */
export type LeadDuplicates = (typeof LEAD_DUPLICATES)[number];

export interface LeadImportSettings {
  duplicates: LeadDuplicates;
  /** Whether somebody whose number cannot be dialled is kept, with the reason. */
  keepInvalid: boolean;
  /** IANA zone of times that do not say theirs; null: the country's, or UTC where it has several or none. */
  timeZone: string | null;
}

/** running -> checked (a dry run), done, cancelled or failed; these but for checked -> undoing -> undone. */
export const IMPORT_STATES = [
  'uploading',
  'waiting',
  'running',
  'checked',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What the drain of an import begins with. */
export interface ImportContext {
  tenantId: TenantId;
  /** Whose leads they are; null for contacts. */
  campaignId: CampaignId | null;
  state: ImportState;
  settings: ImportSettings;
  /** Of contacts. */
  columns: Column[];
  bytes: number;
  handledBytes: number;
  handledLines: number;
}

/** An import and the lease under which it is worked on. */
export interface ImportOwner {
  importId: ImportId;
  fence: string;
}

/** What is kept of a row that was not read, or not all of it. */
export interface ImportFault {
  code: RowFault['code'] | LeadFault['code'] | 'row.open_quote';
  message: string;
  /** Of the file, from 1. */
  line: number;
  /** Among the faults of its line. */
  place: number;
  imported: boolean;
  /** Its name, or its number from 1. */
  column: string | null;
  fields: readonly string[];
}

/** Rows that were read together, and where the file goes on behind them. */
export interface ImportBatch {
  at: Instant;
  columns: readonly Column[];
  rows: readonly ContactRow[];
  faults: readonly ImportFault[];
  toBytes: number;
  toLines: number;
  readRows: number;
  repeated: number;
  failed: number;
  isLast: boolean;
}

type Row = Record<string, unknown>;

const CONTEXT = `
SELECT i.tenant_id, i.campaign_id, i.state, i.settings, i.bytes::float8 AS bytes, i.handled_bytes::float8 AS handled_bytes, i.handled_lines
FROM import i WHERE i.id = $1`;

const CHUNK = `
SELECT c.at::float8 AS at, c.bytes FROM import_chunk c
WHERE c.import_id = $1 AND c.at <= $2::bigint ORDER BY c.at DESC LIMIT 1`;

const WRITE = `
SELECT import_contact_rows($1::uuid, $2::bigint, to_timestamp($3::float8 / 1000), $4::text[], $5::uuid[], $6::text[], $7::text[],
  $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::int[], $14::text[], $15::text[], $16::smallint[],
  $17::bigint, $18::int, $19::int, $20::int, $21::int, $22::jsonb, $23::boolean) AS state`;

const LEARN = 'SELECT learn_contact_sizes() AS learnt';

const UNDO = `SELECT undo_import($1::uuid, $2::bigint, to_timestamp($3::float8 / 1000), $4::int) AS state`;

const FAIL = `
WITH fence AS MATERIALIZED (
  SELECT id FROM hold_fence('import', ARRAY[$1::uuid], ARRAY[$2::bigint]) AS held(id)
)
UPDATE import i SET state = 'failed', reason = $3, finished_at = now(), updated_at = now()
FROM fence WHERE i.id = fence.id AND i.state = 'running'`;

/** The statements of an import's drain. There are few imports, so each statement is for one of them. */
export class ImportStore {
  constructor(private readonly hot: HotPool) {}

  /** Undefined when there is no such import. */
  async context(importId: ImportId): Promise<ImportContext | undefined> {
    const [row] = await this.hot.run<Row>('import.context', CONTEXT, [importId]);
    if (!row) return undefined;
    const settings = row['settings'] as ImportSettings;
    return {
      tenantId: id<TenantId>(row['tenant_id'] as string),
      campaignId: row['campaign_id'] === null ? null : id<CampaignId>(row['campaign_id'] as string),
      state: row['state'] as ImportState,
      settings,
      columns: settings.columns.map((text) => readColumn(text) ?? { is: 'nothing' }),
      bytes: row['bytes'] as number,
      handledBytes: row['handled_bytes'] as number,
      handledLines: row['handled_lines'] as number,
    };
  }

  /** The file from this byte on, piece by piece; each is read when it is asked for. */
  async *fileFrom(importId: ImportId, at: number): AsyncGenerator<Buffer> {
    for (let place = at; ;) {
      const [row] = await this.hot.run<{ at: number; bytes: Buffer }>('import.chunk', CHUNK, [
        importId,
        place,
      ]);
      const piece = row?.bytes.subarray(place - row.at);
      if (piece === undefined || piece.length === 0) return;
      yield piece;
      place += piece.length;
    }
  }

  /** @returns the import's state afterwards; null when the lease was lost, and nothing was written */
  async write({ importId, fence }: ImportOwner, batch: ImportBatch): Promise<ImportState | null> {
    const { rows } = batch;
    const { uuid, text, int2, int4 } = pgArray;
    const phones = rows.flatMap((row, index) =>
      row.phones.map((phone, place) => ({ ...phone, place, row: index + 1 })),
    );
    const [written] = await this.hot.run<{ state: ImportState | null }>(
      'import.contact_rows',
      WRITE,
      [
        importId,
        fence,
        batch.at,
        [...new Set(batch.columns.map(({ is }) => is))],
        uuid(rows.map(() => newId<ContactId>())),
        text(rows.map(({ externalId }) => withoutNul(externalId))),
        text(rows.map(({ name }) => withoutNul(name))),
        text(rows.map(({ company }) => withoutNul(company))),
        text(rows.map(({ email }) => withoutNul(email))),
        text(rows.map(({ url }) => withoutNul(url))),
        text(rows.map(({ metadata }) => storableJson(metadata))),
        text(rows.map((row) => row.phones.map(({ e164 }) => e164).join(' '))),
        int4(phones.map(({ row }) => row)),
        text(phones.map(({ e164 }) => e164)),
        text(phones.map(({ label }) => withoutNul(label))),
        int2(phones.map(({ place }) => place)),
        batch.toBytes,
        batch.toLines,
        batch.readRows,
        batch.repeated,
        batch.failed,
        storableJson(batch.faults),
        batch.isLast,
      ],
      rows.length,
    );
    return written?.state ?? null;
  }

  /** Has the database look how many contacts there are by now, as far as it believes that there are few: it plans by that. */
  async learnSizes(): Promise<void> {
    await this.hot.run('import.learn_sizes', LEARN, []);
  }

  /** Takes back what it did with so many contacts. @returns the state afterwards; null when the lease was lost */
  async undo({ importId, fence }: ImportOwner, at: Instant, most: number): Promise<ImportState | null> {
    const [row] = await this.hot.run<{ state: ImportState | null }>('import.undo', UNDO, [
      importId,
      fence,
      at,
      most,
    ]);
    return row?.state ?? null;
  }

  /** Ends an import whose file cannot be read any further. What was imported stays, and can be undone. */
  async fail({ importId, fence }: ImportOwner, reason: string): Promise<void> {
    await this.hot.run('import.fail', FAIL, [importId, fence, reason]);
  }
}
