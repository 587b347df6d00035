import { id, type CampaignId, type ImportId, type Instant } from '#domain';
import type { Import as Row } from '../generated/client.js';
import type { ImportSettings, ImportState } from '../hot/import-store.js';
import { instantOf, instantOrNull } from './times.js';

export interface ImportRecord {
  id: ImportId;
  /** Whose leads they are; null for contacts. */
  campaignId: CampaignId | null;
  state: ImportState;
  fileName: string | null;
  /** Of the file as it came. */
  charset: string;
  /** Of the file in UTF-8, as it is kept. */
  bytes: number;
  settings: ImportSettings;
  dryRun: boolean;
  handledBytes: number;
  /** How many rows were read, and what became of them. */
  counts: ImportCounts;
  undone: number;
  undoRefused: number;
  reason: string | null;
  createdBy: string;
  createdAt: Instant;
  updatedAt: Instant;
  finishedAt: Instant | null;
}

export interface ImportCounts {
  rows: number;
  made: number;
  changed: number;
  unchanged: number;
  repeated: number;
  failed: number;
  /** Leads that are kept though they cannot be dialled. */
  invalid: number;
}

/** Something that was wrong with a row. */
export interface ImportFaultRecord {
  line: number;
  place: number;
  imported: boolean;
  column: string | null;
  code: string;
  message: string;
  fields: string[];
}

export function importOf(row: Row): ImportRecord {
  const { rows, made, changed, unchanged, repeated, failed, invalid } = row;
  return {
    id: id<ImportId>(row.id),
    campaignId: row.campaignId === null ? null : id<CampaignId>(row.campaignId),
    state: row.state as ImportState,
    fileName: row.fileName,
    charset: row.charset,
    bytes: Number(row.bytes),
    settings: row.settings as unknown as ImportSettings,
    dryRun: row.dryRun,
    handledBytes: Number(row.handledBytes),
    counts: { rows, made, changed, unchanged, repeated, failed, invalid },
    undone: row.undone,
    undoRefused: row.undoRefused,
    reason: row.reason,
    createdBy: row.createdBy,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
    finishedAt: instantOrNull(row.finishedAt),
  };
}
