import type { AuditRecord, AuditRepository } from '#db';
import { whoseAsked } from '../access/whose-asked.js';
import type { Caller } from '../access/caller.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { readTime, timeText } from '../http/time-text.js';
import type { AuditEntryDto, AuditPageDto, AuditQueryDto } from './audit.dto.js';

/** Who changed what. */
export class AuditDesk {
  constructor(private readonly audit: AuditRepository) {}

  async list(caller: Caller, query: AuditQueryDto): Promise<AuditPageDto> {
    const { subjectType, subjectId } = query;
    const filter = { subjectType, subjectId, from: readTime(query.from), to: readTime(query.to) };
    const whose = whoseAsked(caller, query.operator ?? false);
    return pageAnswer(await this.audit.list(whose, filter, pageAsk(query)), auditView);
  }
}

function auditView(entry: AuditRecord): AuditEntryDto {
  const { id, actor, actorKind, action, subjectType, subjectId, changes } = entry;
  return { id, at: timeText(entry.at), actor, actorKind, action, subjectType, subjectId, changes };
}
