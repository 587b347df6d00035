import type { Actor, ContactId, ContactMergeId, TenantId } from '#domain';
import type { ContactMergeRepository, MergeRecord } from '#db';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { MergeDto, MergePageDto } from './contact-merge.dto.js';

/** Makes one contact of several, and takes that back. */
export class ContactMergeDesk {
  constructor(private readonly merges: ContactMergeRepository) {}

  async merge(
    tenant: TenantId,
    contactId: ContactId,
    mergedIds: readonly ContactId[],
    by: Actor,
  ): Promise<MergeDto> {
    const kept = contactId.toLowerCase() as ContactId;
    const others = mergedIds.map((one) => one.toLowerCase() as ContactId);
    if (others.includes(kept)) {
      const message = 'mergedIds must not hold the contact that is kept';
      throw invalidRequest([{ field: 'mergedIds', message }]);
    }
    return mergeView(await this.merges.merge(tenant, kept, others, by));
  }

  async list(tenant: TenantId, query: PageQueryDto): Promise<MergePageDto> {
    return pageAnswer(await this.merges.list(tenant, pageAsk(query)), mergeView);
  }

  async undo(tenant: TenantId, id: ContactMergeId, by: Actor): Promise<MergeDto> {
    return mergeView(await this.merges.undo(tenant, id, by));
  }
}

function mergeView({ mergedAt, undoneAt, ...merge }: MergeRecord): MergeDto {
  return { ...merge, mergedAt: timeText(mergedAt), undoneAt: undoneAt && timeText(undoneAt) };
}
