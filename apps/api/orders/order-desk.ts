import {
  AppError,
  id,
  lookupNumber,
  numberKey,
  orderOf,
  type Actor,
  type AgentId,
  type ConnectionId,
  type OrderId,
  type TenantId,
} from '#domain';
import type {
  ConnectionRepository,
  ExtensionRecord,
  ExtensionRepository,
  OrderRecord,
  OrderRepository,
  PhoneRepository,
} from '#db';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { noAccount } from '../pbx/open-pbx.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { NewOrderDto, OrderDto, OrderPageDto, OrderQueryDto, OwnOrderDto } from './order.dto.js';
import type { OwnPhonesDto } from './own-phone.dto.js';
import { ownPhone, whomToCall, type OwnPhone } from './own-phone.js';
import type { Ordered, PlaceOrder } from './place-order.js';
import { readOrder } from './read-order.js';

export interface OrderDeskParts {
  connections: Pick<ConnectionRepository, 'get'>;
  orders: Pick<OrderRepository, 'get' | 'list'>;
  extensions: Pick<ExtensionRepository, 'all' | 'ofAgent'>;
  phones: Pick<PhoneRepository, 'ofAgent'>;
  placeOrder: Pick<PlaceOrder, 'place'>;
}

/** Orders to dial, by our own API. */
export class OrderDesk {
  constructor(private readonly parts: OrderDeskParts) {}

  /**
   * @throws AppError `resource.not_found`, `request.invalid`, 409 `pbx.no_account` and `order.blocked`, 422 `order.refused`,
   *   429 `order.too_many`, 501 `pbx.unsupported`
   */
  async place(tenant: TenantId, draft: NewOrderDto, by: Actor, agentId: AgentId | null): Promise<OrderDto> {
    const connectionId = draft.connectionId.toLowerCase() as ConnectionId;
    const connection = found(await this.parts.connections.get(tenant, connectionId), 'connection');
    const ordered = await this.parts.placeOrder.place({
      tenant,
      connectionId,
      source: 'api',
      actor: `${by.kind}:${by.id}`,
      agentId,
      order: readOrder(draft, connection.country),
    });
    return orderDto(taken(ordered));
  }

  /**
   * Rings the agent's own phone first.
   *
   * @throws as `place`, and 409 `me.no_phone` and `me.several_phones`
   */
  async placeOwn(tenant: TenantId, agentId: AgentId, draft: OwnOrderDto, by: Actor): Promise<OrderDto> {
    const phone = ownPhone(phonesOf(await this.parts.extensions.ofAgent(tenant, agentId)), draft);
    const { connectionId } = phone;
    const connection = found(await this.parts.connections.get(tenant, connectionId), 'connection');
    const extensions = await this.parts.extensions.all(tenant, connectionId);
    const second = whomToCall(draft.to, extensions, connection.country, () => {
      throw invalidRequest([{ field: 'to', message: 'to must be a phone number or an extension' }]);
    });
    const actor = `${by.kind}:${by.id}`;
    const order = orderOf('call', { kind: 'extension', value: phone.extension }, second);
    const ordering = { tenant, connectionId, source: 'api', actor, agentId, order } as const;
    return orderDto(taken(await this.parts.placeOrder.place(ordering)));
  }

  async phones(tenant: TenantId, agentId: AgentId): Promise<OwnPhonesDto> {
    const phones = await this.parts.extensions.ofAgent(tenant, agentId);
    const inBrowser = await this.parts.phones.ofAgent(tenant, agentId);
    const connections = await Promise.all(
      [...new Set(phones.map(({ connectionId }) => connectionId))].map((one) =>
        this.parts.connections.get(tenant, one),
      ),
    );
    return {
      data: phones.map(({ connectionId, number, label }) => ({
        connectionId,
        connectionName: connections.find((one) => one?.id === connectionId)?.name ?? '',
        extension: number,
        label,
        hasWebPhone: inBrowser.some((one) => one.connectionId === connectionId && one.extension === number),
      })),
    };
  }

  async get(tenant: TenantId, orderId: OrderId): Promise<OrderDto> {
    return orderDto(found(await this.parts.orders.get(tenant, orderId), 'order'));
  }

  async list(tenant: TenantId, query: OrderQueryDto): Promise<OrderPageDto> {
    const { connectionId, state, agentId, number } = query;
    const e164 = number === undefined ? undefined : lookupNumber(number, '');
    // What is no number was dialled by nobody.
    if (e164 === null) return { data: [], nextCursor: null };
    const filter = {
      connectionId: connectionId?.toLowerCase() as ConnectionId | undefined,
      state,
      agentId: agentId === undefined ? undefined : id<AgentId>(agentId.toLowerCase()),
      phone: e164 === undefined ? undefined : numberKey(e164),
    };
    return pageAnswer(await this.parts.orders.list(tenant, filter, pageAsk(query)), orderDto);
  }
}

function phonesOf(extensions: readonly (ExtensionRecord & { connectionId: ConnectionId })[]): OwnPhone[] {
  return extensions.map(({ connectionId, number, aliases }) => ({
    connectionId,
    extension: number,
    aliases,
  }));
}

/** @throws AppError where it was not taken */
export function taken(ordered: Ordered): OrderRecord {
  switch (ordered.kind) {
    case 'placed':
    case 'unknown':
      return ordered.order;
    case 'refused': {
      const { id: orderId, reason, code } = ordered.order;
      const message = reason ?? 'The PBX did not take the order.';
      throw new AppError('rejected', 'order.refused', message, {
        status: 422,
        details: { orderId, vendorCode: code },
      });
    }
    case 'blocked':
      throw new AppError('conflict', 'order.blocked', ordered.reason, { details: { gate: ordered.gate } });
    case 'wait': {
      const retryAfterSeconds = Math.ceil(ordered.retryAfterMs / 1_000);
      throw new AppError('rejected', 'order.too_many', ordered.reason, { status: 429, retryAfterSeconds });
    }
    case 'unsupported':
      throw unsupported(ordered.capability);
    case 'no_account':
      throw noAccount();
  }
}

export function unsupported(capability: string): AppError {
  const message = `The PBX of this connection cannot do this (${capability}).`;
  return new AppError('rejected', 'pbx.unsupported', message, { status: 501, details: { capability } });
}

export function orderDto(record: OrderRecord): OrderDto {
  const { order, connectionId, source, agentId, kind, state, vendorCallId, reason, code } = record;
  return {
    id: record.id,
    connectionId,
    source,
    agentId,
    kind,
    first: order.first,
    second: order.second,
    variables: { ...order.variables },
    state,
    vendorCallId,
    reason,
    code,
    sentAt: timeText(record.sentAt),
    settledAt: timeTextOrNull(record.settledAt),
    endedAt: timeTextOrNull(record.endedAt),
    campaignId: record.campaignId,
    leadId: record.leadId,
    result: record.result,
  };
}
