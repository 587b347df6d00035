import type { Actor, ConnectionId, ReceiptId, TenantId } from '#domain';
import { RECEIPT_STATES, type ReceiptRecord, type ReceiptRepository } from '#db';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { reasonOf } from '../http/reason-of.js';
import { readTime, timeText } from '../http/time-text.js';
import {
  PROBLEM_STATES,
  type ConnectionReceiptQueryDto,
  type ReceiptDto,
  type ReceiptPageDto,
  type ReceiptQueryDto,
} from './receipt.dto.js';
import type { ReplayAskDto, ReplayedDto } from './replay.dto.js';
import { shownHeaders } from '#platform';

export interface ReceiptDeskParts {
  receipts: ReceiptRepository;
  ringer: Pick<Ringer, 'ring'>;
}

/** Webhooks as they came: those that need somebody, and replaying them. */
export class ReceiptDesk {
  constructor(private readonly parts: ReceiptDeskParts) {}

  async list(tenant: TenantId, query: ReceiptQueryDto): Promise<ReceiptPageDto> {
    const filter = {
      states: query.state ?? PROBLEM_STATES,
      connectionId: query.connectionId?.toLowerCase() as ConnectionId | undefined,
    };
    return pageAnswer(await this.parts.receipts.list(tenant, filter, pageAsk(query)), receiptView);
  }

  /** @throws AppError `resource.not_found` */
  async ofConnection(
    tenant: TenantId,
    id: ConnectionId,
    query: ConnectionReceiptQueryDto,
  ): Promise<ReceiptPageDto> {
    const states = [...new Set(query.state ?? RECEIPT_STATES)];
    const filter = { states, from: readTime(query.from), to: readTime(query.to) };
    const page = await this.parts.receipts.ofConnection(tenant, id, filter, pageAsk(query));
    return pageAnswer(found(page, 'connection'), receiptView);
  }

  async get(tenant: TenantId, id: ReceiptId): Promise<ReceiptDto> {
    return receiptView(found(await this.parts.receipts.get(tenant, id), 'receipt'));
  }

  async raw(tenant: TenantId, id: ReceiptId): Promise<{ body: Uint8Array; contentType: string | undefined }> {
    return found(await this.parts.receipts.body(tenant, id), 'receipt');
  }

  async replay(tenant: TenantId, id: ReceiptId, by: Actor): Promise<ReceiptDto> {
    const connectionId = await this.parts.receipts.replay(tenant, id, by);
    this.parts.ringer.ring('connection', [connectionId]);
    return this.get(tenant, id);
  }

  async replayAll(
    tenant: TenantId,
    id: ConnectionId,
    { state, from, to }: ReplayAskDto,
    by: Actor,
  ): Promise<ReplayedDto> {
    const ask = { state, from: readTime(from), to: readTime(to) };
    const done = await this.parts.receipts.replayMany(tenant, id, ask, by);
    if (done.replayed > 0) this.parts.ringer.ring('connection', [id]);
    return done;
  }
}

function receiptView(receipt: ReceiptRecord): ReceiptDto {
  return {
    ...receipt,
    ...reasonOf('reason', receipt.reason),
    receivedAt: timeText(receipt.receivedAt),
    headers: shownHeaders(receipt.headers),
  };
}
