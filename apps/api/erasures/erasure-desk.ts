import { lastDigitsOf, traceOfNumber, type Actor, type ErasureId, type TenantId } from '#domain';
import type { ErasureRecord, ErasureReport, ErasureRepository, NumberLogRepository } from '#db';
import type { KeyedHash } from '#platform';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import {
  WAIT_MINUTES,
  type ErasureDto,
  type ErasurePageDto,
  type ErasureQueryDto,
  type ErasureReportDto,
  type NewErasureDto,
  type StartErasureDto,
} from './erasure.dto.js';
import { readNumber } from './read-number.js';

export interface ErasureDeskParts {
  erasures: ErasureRepository;
  numberLog: NumberLogRepository;
  hash: Pick<KeyedHash, 'allOf'>;
  ringer: Pick<Ringer, 'ring'>;
}

/** Numbers of which everything is given out, or deleted. */
export class ErasureDesk {
  constructor(private readonly parts: ErasureDeskParts) {}

  /** @throws AppError `request.invalid`, `erasure.under_way`, `erasure.too_many` */
  async create(tenant: TenantId, order: NewErasureDto, by: Actor): Promise<ErasureDto> {
    const number = readNumber(order.number, order.country);
    const { erasures, hash, ringer } = this.parts;
    const { keep = 'anonymous', force = false, dryRun = true, waitMinutes = WAIT_MINUTES } = order;
    const lastDigits = lastDigitsOf(number);
    const draft = { number, hashes: hash.allOf(number), lastDigits, keep, force, dryRun, waitMinutes };
    const record = await erasures.create(tenant, draft, by);
    ringer.ring('erasure', [record.id]);
    return erasureView(record);
  }

  async list(tenant: TenantId, query: ErasureQueryDto): Promise<ErasurePageDto> {
    const { state, number, country } = query;
    const hashes = number === undefined ? undefined : this.parts.hash.allOf(readNumber(number, country));
    const page = await this.parts.erasures.list(tenant, { state, hashes }, pageAsk(query));
    return pageAnswer(page, erasureView);
  }

  async get(tenant: TenantId, id: ErasureId): Promise<ErasureDto> {
    return erasureView(found(await this.parts.erasures.get(tenant, id), 'erasure'));
  }

  async start(tenant: TenantId, id: ErasureId, order: StartErasureDto, by: Actor): Promise<ErasureDto> {
    const record = await this.parts.erasures.start(tenant, id, order, by);
    this.parts.ringer.ring('erasure', [id]);
    return erasureView(record);
  }

  async cancel(tenant: TenantId, id: ErasureId, by: Actor): Promise<ErasureDto> {
    return erasureView(await this.parts.erasures.cancel(tenant, id, by));
  }

  /** All that is kept about a number, a line of JSON for each thing. @throws AppError `request.invalid` */
  export(tenant: TenantId, number: string, country: string | undefined): AsyncIterable<string> {
    const trace = traceOfNumber(readNumber(number, country));
    return linesOf(this.parts.numberLog.about(tenant, trace));
  }
}

async function* linesOf(kept: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const one of kept) yield `${JSON.stringify(one)}\n`;
}

function erasureView(record: ErasureRecord): ErasureDto {
  const { id, state, number, lastDigits, keep, force, dryRun, place, waitsFor, preview, report, reason } =
    record;
  return {
    ...{ id, state, number, lastDigits, keep, force, dryRun },
    at: place === null ? null : place.round === 0 ? place.step : `${place.step}, the last look`,
    waitsFor,
    waitUntil: timeTextOrNull(record.waitUntil),
    preview: preview && reportView(preview),
    report: report && reportView(report),
    reason,
    createdBy: record.createdBy,
    createdAt: timeText(record.createdAt),
    updatedAt: timeText(record.updatedAt),
    finishedAt: timeTextOrNull(record.finishedAt),
  };
}

function reportView({ tables, ...rest }: ErasureReport): ErasureReportDto {
  return { tables: Object.entries(tables).map(([table, counts]) => ({ table, ...counts })), ...rest };
}
