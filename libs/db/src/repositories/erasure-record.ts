import { id, type ErasureId, type Instant } from '#domain';
import type { ErasureReport } from '../erasure/erasure-report.js';
import type { ErasureKeep, ErasurePlace, ErasureState } from '../erasure/erasure-store.js';
import type { Erasure as Row } from '../generated/client.js';
import { instantOf, instantOrNull } from './times.js';

export interface ErasureRecord {
  id: ErasureId;
  state: ErasureState;
  /** E.164; null once it is over. */
  number: string | null;
  lastDigits: string;
  keep: ErasureKeep;
  force: boolean;
  dryRun: boolean;
  waitMinutes: number;
  waitUntil: Instant | null;
  /** Where it is; null where it is not at it. */
  place: ErasurePlace | null;
  waitsFor: { calls: number; deliveries: number } | null;
  preview: ErasureReport | null;
  report: ErasureReport | null;
  reason: string | null;
  createdBy: string;
  createdAt: Instant;
  updatedAt: Instant;
  finishedAt: Instant | null;
}

export function erasureOf(row: Row): ErasureRecord {
  const place = row.place as Partial<ErasurePlace>;
  const report = row.report as Partial<ErasureReport>;
  return {
    id: id<ErasureId>(row.id),
    state: row.state as ErasureState,
    number: row.number,
    lastDigits: row.lastDigits,
    keep: row.keep as ErasureKeep,
    force: row.force,
    dryRun: row.dryRun,
    waitMinutes: row.waitMinutes,
    waitUntil: instantOrNull(row.waitUntil),
    place: place.step === undefined ? null : (place as ErasurePlace),
    waitsFor: row.waitsFor as ErasureRecord['waitsFor'],
    preview: row.preview as unknown as ErasureReport | null,
    report: report.tables === undefined ? null : (report as ErasureReport),
    reason: row.reason,
    createdBy: row.createdBy,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
    finishedAt: instantOrNull(row.finishedAt),
  };
}
