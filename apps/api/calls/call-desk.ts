import {
  NO_PEOPLE,
  OPEN_RECORDINGS,
  enrichCall,
  type Call,
  type CallId,
  type ConnectionId,
  type EnrichedCall,
  type TenantId,
} from '#domain';
import type { CallRepository, PeopleRepository } from '#db';
import type { RecordingLinks } from '#platform';
import { readTimeCursor, timeCursor } from '../http/cursor.js';
import { found } from '../http/found.js';
import { limitOf } from '../http/page.dto.js';
import { readTime } from '../http/time-text.js';
import type { CallQueryDto } from './call-query.dto.js';
import type { CallDto, CallPageDto } from './call.dto.js';
import { timelineOf } from './timeline-of.js';
import type { TimelineDto } from './timeline.dto.js';

export interface CallDeskParts {
  calls: CallRepository;
  people: Pick<PeopleRepository, 'of'>;
  links: Pick<RecordingLinks, 'linkTo'>;
}

/** The records of calls, and what became of each. Names and labels are those of now; events keep those of their time. */
export class CallDesk {
  constructor(private readonly parts: CallDeskParts) {}

  async list(tenant: TenantId, query: CallQueryDto): Promise<CallPageDto> {
    const { extension, result, direction, id, queueId, recording, missed, unknownCaller } = query;
    const filter = {
      extension,
      result,
      direction,
      id,
      queueId,
      recording,
      missed,
      unknownCaller,
      from: readTime(query.from),
      to: readTime(query.to),
      number: query.number,
      connectionId: query.connectionId?.toLowerCase() as ConnectionId | undefined,
    };
    const ask = { limit: limitOf(query), after: readTimeCursor(query.cursor) };
    const page = await this.parts.calls.list(tenant, filter, ask);
    const data = await this.shown(tenant, page.items);
    return { data, nextCursor: page.next === null ? null : timeCursor(page.next) };
  }

  async get(tenant: TenantId, id: CallId): Promise<CallDto> {
    const call = found(await this.parts.calls.get(tenant, id), 'call');
    const [shown] = await this.shown(tenant, [call]);
    return found(shown, 'call');
  }

  async timeline(tenant: TenantId, id: CallId): Promise<TimelineDto> {
    return { data: timelineOf(found(await this.parts.calls.history(tenant, id), 'call')) };
  }

  async shown(tenant: TenantId, calls: readonly Call[]): Promise<EnrichedCall[]> {
    const { people, links } = this.parts;
    const directories = await people.of(tenant, [...new Set(calls.map(({ connectionId }) => connectionId))]);
    return calls.map((call) => {
      const directory = directories.get(call.connectionId);
      return enrichCall(call, {
        people: directory?.people ?? NO_PEOPLE,
        // Of a connection that is no more nobody knows whether its addresses were to be shown.
        recordings: directory?.recordings ?? { ...OPEN_RECORDINGS, guarded: true },
        link: (told) => links.linkTo({ tenant, call: call.id, told }).url,
      });
    });
  }
}
