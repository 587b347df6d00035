import type { ImportId, Instant, LeadId, LeadRow } from '#domain';
import { newId } from '#platform';
import type { HotPool } from '../pool/hot-pool.js';
import type { ImportFault, ImportOwner, ImportState, LeadDuplicates } from './import-store.js';
import { pgArray } from './pg-array.js';
import { storableJson } from './storable-json.js';
import { withoutNul } from './without-nul.js';

/** Leads that were read together, with different numbers, and where the file goes on behind them. */
export interface LeadBatch {
  at: Instant;
  duplicates: LeadDuplicates;
  leads: PackedLeads;
  faults: readonly ImportFault[];
  toBytes: number;
  toLines: number;
  readRows: number;
  repeated: number;
  failed: number;
  isLast: boolean;
}

/** Leads as the statement takes them. Packed before it is their turn, so that the database does not wait for that. */
export interface PackedLeads {
  count: number;
  columns: readonly Buffer[];
}

const WRITE = `
SELECT import_lead_rows($1::uuid, $2::bigint, to_timestamp($3::float8 / 1000), $4::text, $5::uuid[], $6::text[], $7::text[],
  $8::text[], $9::int[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::float8[], $17::float8[],
  $18::int[], $19::text[], $20::bigint, $21::int, $22::int, $23::int, $24::int, $25::jsonb, $26::boolean) AS state`;

const UNDO = `SELECT undo_lead_import($1::uuid, $2::bigint, to_timestamp($3::float8 / 1000), $4::int) AS state`;

/** The statements of an import of leads that are not those of every import. */
export class LeadImportStore {
  constructor(private readonly hot: Pick<HotPool, 'run'>) {}

  /** @returns the import's state afterwards; null when the lease was lost, and nothing was written */
  async write(owner: ImportOwner, batch: LeadBatch): Promise<ImportState | null> {
    const values = [
      ...[owner.importId, owner.fence, batch.at, batch.duplicates],
      ...batch.leads.columns,
      ...[batch.toBytes, batch.toLines, batch.readRows, batch.repeated, batch.failed],
      ...[storableJson(batch.faults), batch.isLast],
    ];
    const rows = await this.hot.run<{ state: ImportState | null }>(
      'import.lead_rows',
      WRITE,
      values,
      batch.leads.count,
    );
    return rows[0]?.state ?? null;
  }

  /**
   * Takes off the list those whom it put there and who were not dialled, so many at a time.
   * @returns the import's state afterwards; null when the lease was lost
   */
  async undo({ importId, fence }: ImportOwner, at: Instant, most: number): Promise<ImportState | null> {
    const values: [ImportId, string, Instant, number] = [importId, fence, at, most];
    const rows = await this.hot.run<{ state: ImportState | null }>('import.undo_leads', UNDO, values);
    return rows[0]?.state ?? null;
  }
}

/** What no lead has is not sent: an array that is shorter is null from there on. */
export function packLeads(leads: readonly LeadRow[]): PackedLeads {
  return { count: leads.length, columns: columnsOf(leads) };
}

function columnsOf(leads: readonly LeadRow[]): Buffer[] {
  const { uuid, text, int4, float8 } = pgArray;
  const texts = (of: (lead: LeadRow) => string | null) => text(held(leads, (lead) => withoutNul(of(lead))));
  return [
    uuid(leads.map(() => newId<LeadId>())),
    text(leads.map(({ phone }) => withoutNul(phone))),
    texts(({ phone, key }) => (key === phone ? null : key)),
    texts(({ name }) => name),
    int4(held(leads, ({ priority }) => (priority === 0 ? null : priority))),
    texts(({ callerId }) => callerId),
    texts(({ callerName }) => callerName),
    text(held(leads, ({ customData }) => jsonOf(customData))),
    texts(({ region }) => region),
    texts(({ postal }) => postal),
    texts(({ zone }) => zone),
    float8(held(leads, ({ consentAt }) => consentAt)),
    float8(held(leads, ({ notBefore }) => notBefore)),
    int4(held(leads, ({ maxTries }) => maxTries)),
    texts(({ problem }) => problem),
  ];
}

function jsonOf(data: Readonly<Record<string, string>>): string | null {
  for (const _ in data) return storableJson(data);
  return null;
}

/** Values up to the last one that is there. */
function held<T>(leads: readonly LeadRow[], of: (lead: LeadRow) => T | null): (T | null)[] {
  const values = leads.map(of);
  let length = values.length;
  while (length > 0 && values[length - 1] === null) length -= 1;
  values.length = length;
  return values;
}
