import {
  CAMPAIGN_MODES,
  CAMPAIGN_STATES,
  type CampaignMode,
  type CampaignSettings,
  type CampaignState,
} from '#domain';
import { ChoiceField, IdField, ObjectField, TextField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
/** The longest list of numbers never to dial fits. */
const MOST_BYTES = 256 * 1024;

const ABOUT = {
  name: { about: 'What you call it.', max: 200, example: 'Renewals, autumn' },
  mode: {
    about:
      '`preview`: an agent sees who is next, and dials. `progressive`: one call for each free agent, whose phone rings first. ' +
      '`predictive`: the lead’s phone rings first, and who answers is put through to the queue. `message`: who answers hears a ' +
      'recording. `callback`: leads wait until somebody of the queue is free.',
    of: CAMPAIGN_MODES,
  },
  state:
    '`stopped` as it is made; `running` dials; `paused` keeps everything in its place; `deleted` is kept for the record.',
  settings: {
    about:
      'Every member may be left out. `rules`: when, how often and whom it may dial, `packs` among them (see /v1/dial-packs). ' +
      '`retry`: when a lead is tried again, by what became of the last try. `pacing`: how many calls a predictive one places. ' +
      '`presence`: `login` calls for agents who said that they are there, `always` for all who did not say that they are not. ' +
      '`queue`: where answered leads are put through to. `callerId`, and `callerIds` by country: what leads are shown. ' +
      '`ringSeconds`, `agentRingSeconds`, `maxSeconds`, `wrapSeconds`, `record`: of each call. `announcement`: what a message plays. ' +
      '`variables`: told with each call. `dispositions`: what words that are said about leads come to, as ' +
      '`{ "call back": { "then": "retry", "afterMinutes": 90 } }`; `then` is `done`, `retry` or `do_not_call`.',
    maxBytes: MOST_BYTES,
    example: {
      rules: { packs: ['uk'], zone: 'Europe/London' },
      presence: 'login',
      callerId: '+442079460018',
    },
  },
} as const;

export class NewCampaignDto {
  @IdField({ about: 'Whose PBX dials.' })
  connectionId!: string;

  @TextField(ABOUT.name)
  name!: string;

  @ChoiceField(ABOUT.mode)
  mode!: CampaignMode;

  @ObjectField({ ...ABOUT.settings, ...OPTIONAL })
  settings?: Record<string, unknown>;
}

export class CampaignPatchDto {
  @TextField({ ...ABOUT.name, ...OPTIONAL })
  name?: string;

  @ObjectField({
    ...ABOUT.settings,
    about:
      'Members that are left out stay as they are; of `rules`, `retry` and `pacing` so does each of their members. Null sets one ' +
      'back. Leads that a rule held back are judged anew.',
    ...OPTIONAL,
  })
  settings?: Record<string, unknown>;
}

export class CampaignQueryDto extends PageQueryDto {
  @IdField({ about: 'Only those of this connection.', ...OPTIONAL })
  connectionId?: string;

  @ChoiceField({
    about: 'In one state. Left out: all but the deleted ones.',
    of: CAMPAIGN_STATES,
    ...OPTIONAL,
  })
  state?: CampaignState;
}

export class CampaignDto {
  @Shown('Id of the campaign.', SHOWN.id)
  id!: string;

  @Shown('Whose PBX dials.', SHOWN.id)
  connectionId!: string;

  @Shown(ABOUT.name.about, { type: String, example: ABOUT.name.example })
  name!: string;

  @Shown(ABOUT.mode.about, { type: String, enum: [...CAMPAIGN_MODES] })
  mode!: CampaignMode;

  @Shown(ABOUT.state, { type: String, enum: [...CAMPAIGN_STATES] })
  state!: CampaignState;

  @Shown('All of its settings, also those that nobody set.', SHOWN.object)
  settings!: CampaignSettings;

  @Shown('Since when it is in this state.', SHOWN.time)
  stateAt!: string;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

const CODE =
  'By which software that was written for a vendor’s dialer names it, and is let in. Shown this once; POST /v1/campaigns/{id}/code ' +
  'makes another one.';

export class CampaignOnceDto extends CampaignDto {
  @Shown(CODE, { type: String, example: 'f2a1c3d4e5f60718293a4b5c6d7e8f90' })
  code!: string;
}

export class CampaignTurnedDto extends CampaignDto {
  @Shown('Calls of it that ring or are talked on: whatever is done to a campaign ends none of them.', {
    type: 'integer',
    minimum: 0,
  })
  onTheLine!: number;
}

export class CampaignPageDto extends PageDto {
  @Shown('Newest first.', { type: [CampaignDto] })
  data!: CampaignDto[];
}

export class ClearedDto {
  @Shown('Leads that waited and were taken out.', { type: 'integer', minimum: 0 })
  removed!: number;
}
