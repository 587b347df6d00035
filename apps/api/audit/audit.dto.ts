import { ACTOR_KINDS } from '#domain';
import { FlagField, TextField, TimeField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;

export class AuditQueryDto extends PageQueryDto {
  @TextField({ about: 'Kind of what was changed.', max: 50, example: 'endpoint', ...OPTIONAL })
  subjectType?: string;

  @TextField({ about: 'Id of what was changed.', max: 64, ...OPTIONAL })
  subjectId?: string;

  @TimeField({ about: 'Changes made then or later.', ...OPTIONAL })
  from?: string;

  @TimeField({ about: 'Changes made before then.', ...OPTIONAL })
  to?: string;

  @FlagField({
    about: "The operator's own changes. Only operators may.",
    byDefault: false,
    fromQuery: true,
    ...OPTIONAL,
  })
  operator?: boolean;
}

export class AuditEntryDto {
  @Shown('Id of the entry.', SHOWN.id)
  id!: string;

  @Shown('When it was changed.', SHOWN.time)
  at!: string;

  @Shown('Id of who did it: an API key, a person or a portal session; or `system`.', { type: String })
  actor!: string;

  @Shown('What `actor` is the id of.', { type: String, enum: [...ACTOR_KINDS] })
  actorKind!: string;

  @Shown('What was done.', { type: String, example: 'endpoint.changed' })
  action!: string;

  @Shown('Kind of what was changed.', { type: String, example: 'endpoint' })
  subjectType!: string;

  @Shown('Id of what was changed.', { type: String })
  subjectId!: string;

  @Shown('Each changed field with what it was and what it is. Never secrets.', {
    type: 'object',
    additionalProperties: { type: 'object', properties: { from: {}, to: {} } },
    example: { name: { from: 'CRM', to: 'New CRM' } },
  })
  changes!: Record<string, { from: unknown; to: unknown }>;
}

export class AuditPageDto extends PageDto {
  @Shown('Newest first.', { type: [AuditEntryDto] })
  data!: AuditEntryDto[];
}
