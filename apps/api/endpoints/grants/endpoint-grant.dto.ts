import { ApiProperty } from '@nestjs/swagger';
import { ACTOR_KINDS, type ActorKind } from '#domain';
import { GRANT_STATES, type GrantState } from '#db';
import { TextField } from '../../http/field.decorator.js';
import { SHOWN, Shown } from '../../http/shown.decorator.js';

const LABEL = 'What you call it, such as who connects.';

export class NewGrantDto {
  @TextField({ about: LABEL, max: 100, example: 'Dana, administrator', pattern: /^\P{Cc}+$/u })
  label!: string;
}

export class GrantActorDto {
  @Shown('Kind of whoever it was.', { type: String, enum: [...ACTOR_KINDS] })
  kind!: ActorKind;

  @Shown('Its id.', { type: String })
  id!: string;
}

export class GrantDto {
  @Shown('Id of the grant.', SHOWN.id)
  id!: string;

  @Shown('Its place: the first good one is used, the next one when that needs attention.', {
    type: 'integer',
    example: 1,
  })
  position!: number;

  @Shown(LABEL, { type: String, example: 'Dana, administrator' })
  label!: string;

  @Shown(
    '`waiting`: nobody has agreed yet. `good`: it is used, or will be. `needs_attention`: it is not used until it is connected again.',
    { type: String, enum: [...GRANT_STATES] },
  )
  state!: GrantState;

  @Shown('Why it is not good, and what to do; null where it is.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown('Since when it is in this state.', SHOWN.time)
  since!: string;

  @Shown('When somebody last agreed; null: never.', SHOWN.timeOrNull)
  connectedAt!: string | null;

  @ApiProperty({ description: 'Who asked for that.', type: GrantActorDto, nullable: true })
  connectedBy!: GrantActorDto | null;

  @Shown('Where the CRM is, as the CRM said itself; null: where the endpoint’s URL says.', SHOWN.textOrNull)
  baseUrl!: string | null;

  @Shown('So long its access token is used; null where the CRM does not say it.', SHOWN.timeOrNull)
  usedUntil!: string | null;

  @Shown('When its tokens were last renewed.', SHOWN.timeOrNull)
  renewedAt!: string | null;

  @Shown(
    'When it ends unless somebody connects it again; null where nobody knows, or it does not.',
    SHOWN.timeOrNull,
  )
  endsAt!: string | null;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class GrantListDto {
  @Shown('In the order in which they are used.', { type: [GrantDto] })
  data!: GrantDto[];
}

export class GrantJourneyDto {
  @Shown('The grant as it is now.', { type: GrantDto })
  grant!: GrantDto;

  @Shown(
    'The CRM’s page with everything that it has to be asked with: open it in a browser, sign in to the CRM and agree. It works once. ' +
      'Whoever opens it connects their CRM here, so give it to nobody else.',
    { type: String, format: 'uri', example: 'https://login.crm.example/oauth2/authorize?response_type=code' },
  )
  url!: string;

  @Shown('Where the CRM sends people back to: the app’s settings in the CRM have to name it.', {
    type: String,
    format: 'uri',
    example: 'https://hook.example/oauth/callback',
  })
  redirectUri!: string;

  @Shown('Until when somebody has to have agreed.', SHOWN.time)
  expiresAt!: string;
}
