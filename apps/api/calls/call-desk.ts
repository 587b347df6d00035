import { callView, type CallId, type ConnectionId, type TenantId } from '#domain';
import type { CallRepository } from '#db';
import { readTimeCursor, timeCursor } from '../http/cursor.js';
import { found } from '../http/found.js';
import { limitOf } from '../http/page.dto.js';
import { readTime } from '../http/time-text.js';
import type { CallQueryDto } from './call-query.dto.js';
import type { CallDto, CallPageDto } from './call.dto.js';
import { timelineOf } from './timeline-of.js';
import type { TimelineDto } from './timeline.dto.js';

/** The records of calls, and what became of each. */
export class CallDesk {
  constructor(private readonly calls: CallRepository) {}

  async list(tenant: TenantId, query: CallQueryDto): Promise<CallPageDto> {
    const { extension, result, direction, id } = query;
    const filter = {
      extension,
      result,
      direction,
      id,
      from: readTime(query.from),
      to: readTime(query.to),
      number: query.number === undefined ? undefined : withPlus(query.number),
      connectionId: query.connectionId?.toLowerCase() as ConnectionId | undefined,
    };
    const ask = { limit: limitOf(query), after: readTimeCursor(query.cursor) };
    const page = await this.calls.list(tenant, filter, ask);
    return { data: page.items.map(callView), nextCursor: page.next === null ? null : timeCursor(page.next) };
  }

  async get(tenant: TenantId, id: CallId): Promise<CallDto> {
    return callView(found(await this.calls.get(tenant, id), 'call'));
  }

  async timeline(tenant: TenantId, id: CallId): Promise<TimelineDto> {
    return { data: timelineOf(found(await this.calls.history(tenant, id), 'call')) };
  }
}

/** A plus that was not escaped reaches us as a space. */
export function withPlus(number: string): string {
  return /^ \d/.test(number) ? `+${number.slice(1)}` : number;
}
