import { CAMPAIGN_MODES, CAMPAIGN_STATES, type CampaignMode, type CampaignState } from '#domain';
import { TextField, TimeField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
const NULLABLE = { optional: true, nullable: true } as const;

export class OwnDialDto {
  @TextField({
    about: 'Which of your phones rings, where several are members of the campaign.',
    max: 64,
    ...OPTIONAL,
  })
  extension?: string;
}

export class OwnSkipDto {
  @TimeField({ about: 'When they are to be called instead. Left out: in a quarter of an hour.', ...OPTIONAL })
  callAgainAt?: string;
}

export class OwnDispositionDto {
  @TextField({ about: 'What came of it, in a word of your tenant’s.', max: 100, ...NULLABLE })
  disposition?: string | null;

  @TextField({ about: 'For people.', max: 2_000, ...NULLABLE })
  note?: string | null;
}

class OwnCampaignDto {
  @Shown('Id of the campaign.', SHOWN.id)
  id!: string;

  @Shown('What it is called.', { type: String })
  name!: string;

  @Shown('How it dials.', { type: String, enum: [...CAMPAIGN_MODES] })
  mode!: CampaignMode;

  @Shown('Whether it does.', { type: String, enum: [...CAMPAIGN_STATES] })
  state!: CampaignState;

  @Shown('Words of the tenant’s for what came of a lead; others may be said too.', {
    type: [String],
    example: ['renewed', 'call me next year'],
  })
  dispositions!: string[];
}

export class OwnCampaignsDto {
  @Shown('Latest first.', { type: [OwnCampaignDto] })
  data!: OwnCampaignDto[];
}
