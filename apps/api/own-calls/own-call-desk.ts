import { popupEvent, type AgentId, type CallId, type EnrichedCall, type TenantId } from '#domain';
import type { OwnCallRepository } from '#db';
import type { CallDesk } from '../calls/call-desk.js';
import { readTimeCursor, timeCursor } from '../http/cursor.js';
import { invalidRequest } from '../http/validation.pipe.js';
import { limitOf } from '../http/page.dto.js';
import { readTime } from '../http/time-text.js';
import type { OwnCallPageDto, OwnCallQueryDto, OwnPopupsDto, SeenCountDto, SeenDto } from './own-call.dto.js';

export interface OwnCallDeskParts {
  own: OwnCallRepository;
  calls: Pick<CallDesk, 'shown'>;
}

/** What is one agent's own: calls, popups, what was missed. */
export class OwnCallDesk {
  constructor(private readonly parts: OwnCallDeskParts) {}

  async list(tenant: TenantId, agent: AgentId, query: OwnCallQueryDto): Promise<OwnCallPageDto> {
    const { own, calls } = this.parts;
    const { missed, seen, number } = query;
    const ask = { limit: limitOf(query), after: readTimeCursor(query.cursor) };
    const page = await own.list(tenant, agent, { missed, seen, number }, ask);
    const shown = await calls.shown(
      tenant,
      page.items.map(({ call }) => call),
    );
    return {
      data: page.items.flatMap(({ seenAt }, at) => {
        const call = shown[at];
        return call
          ? [{ ...ownView(call), seenAt: seenAt === null ? null : new Date(seenAt).toISOString() }]
          : [];
      }),
      nextCursor: page.next === null ? null : timeCursor(page.next),
      unseen: await own.unseen(tenant, agent),
    };
  }

  async see(tenant: TenantId, agent: AgentId, { calls, until }: SeenDto): Promise<SeenCountDto> {
    const upTo = readTime(until);
    if ((calls === undefined) === (upTo === undefined)) {
      throw invalidRequest([{ field: 'calls', message: 'say either which calls or until when' }]);
    }
    const { own } = this.parts;
    const seen = upTo === undefined ? { calls: (calls ?? []) as CallId[] } : { until: upTo };
    await own.see(tenant, agent, seen);
    return { unseen: await own.unseen(tenant, agent) };
  }

  async popups(tenant: TenantId, agent: AgentId): Promise<OwnPopupsDto> {
    const calls = await this.parts.own.onScreen(tenant, agent);
    const data = calls.map((call) => popupEvent(call, agent)).filter(({ state }) => state !== 'ended');
    return { data };
  }
}

/** Without what only those may have who see all calls. */
function ownView(call: EnrichedCall): EnrichedCall {
  const hidden = { recordings: [], raw: {}, ai: null, price: null };
  return { ...call, ...hidden, legs: call.legs.map((leg) => ({ ...leg, ...hidden })) };
}
