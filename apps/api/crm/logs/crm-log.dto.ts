import { CRM_LOG_STATES, type CrmLogState } from '#db';
import { ChoiceField, IdField, TextField } from '../../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../../http/page.dto.js';
import { SHOWN, Shown } from '../../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
const STATE_ABOUT =
  '`written`: it stands in the CRM. `undecided`: it stands there on nobody, for several contacts have the number and a person has ' +
  'to choose. `writing`: the CRM was asked to make it, and how that ended is not known yet.';

export class CrmLogQueryDto extends PageQueryDto {
  @ChoiceField({ about: STATE_ABOUT, of: CRM_LOG_STATES, ...OPTIONAL })
  state?: CrmLogState;

  @IdField({ about: 'Id of a call.', ...OPTIONAL })
  callId?: string;
}

export class CrmContactDto {
  @Shown('Its id in the CRM.', { type: String, example: '5f0c2b9e41d3a7c02' })
  id!: string;

  @Shown('The CRM’s own word for the kind of record.', { type: String, example: 'Contact' })
  type!: string;

  @Shown('Its name, as it was when it was found.', { type: String, example: 'Noa Cohen' })
  name!: string;

  @Shown('Its page there; null where we know of none.', SHOWN.textOrNull)
  url!: string | null;

  @Shown(
    'The CRM’s user whose contact it is; null where nobody’s, or the CRM does not say.',
    SHOWN.textOrNull,
  )
  ownerId!: string | null;
}

export class CrmRecordDto {
  @Shown('Its id in the CRM.', { type: String })
  id!: string;

  @Shown('The CRM’s own word for the kind of record.', { type: String, example: 'Call' })
  type!: string;
}

export class CrmLogDto {
  @Shown('The endpoint that is the connection to the CRM.', SHOWN.id)
  endpointId!: string;

  @Shown('Its name.', { type: String, example: 'Our CRM' })
  endpointName!: string;

  @Shown('The call.', SHOWN.id)
  callId!: string;

  @Shown(STATE_ABOUT, { type: String, enum: [...CRM_LOG_STATES] })
  state!: CrmLogState;

  @Shown('The record of the call; null before it is known.', { type: CrmRecordDto, nullable: true })
  record!: CrmRecordDto | null;

  @Shown('Whom it is on; null for nobody.', { type: CrmContactDto, nullable: true })
  contact!: CrmContactDto | null;

  @Shown('Id of the task to call back; null where there is none.', SHOWN.textOrNull)
  taskId!: string | null;

  @Shown(
    'Those who have the number, where people choose among them; also when somebody has. Empty for all others.',
    { type: [CrmContactDto] },
  )
  candidates!: CrmContactDto[];

  @Shown('When the CRM was first asked for it.', SHOWN.time)
  begunAt!: string;

  @Shown('When it was written last.', SHOWN.time)
  updatedAt!: string;
}

export class CrmLogPageDto extends PageDto {
  @Shown('The latest call first.', { type: [CrmLogDto] })
  data!: CrmLogDto[];
}

export class CrmLogListDto {
  @Shown('One for each CRM that it was logged in.', { type: [CrmLogDto] })
  data!: CrmLogDto[];
}

export class CrmChoiceDto {
  @TextField({ about: 'Id of one of the candidates.', max: 200, example: '5f0c2b9e41d3a7c02' })
  contactId!: string;

  @TextField({
    about: 'Its `type`: needed where two candidates have the same id.',
    ...{ max: 100, example: 'Contact' },
    ...OPTIONAL,
  })
  type?: string;
}

export class CrmChosenDto {
  @Shown('Whose the number is from now on; null where nobody said.', { type: CrmContactDto, nullable: true })
  contact!: CrmContactDto | null;

  @Shown('The deliveries by which records in the CRM follow; each says what became of it.', {
    type: [String],
    example: ['019a9e5c-7a00-7000-8000-000000000000'],
  })
  deliveryIds!: string[];
}
