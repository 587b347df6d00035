import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { PORTAL_AREAS, PORTAL_MOST_MINUTES, type AgentId, type PortalArea } from '#domain';
import {
  ChoicesField,
  CountField,
  FlagField,
  IdField,
  TextField,
  TextsField,
} from '../http/field.decorator.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const COLOUR = /^#[0-9a-f]{6}$/;
const ABOUT = {
  areas:
    'What the portal is for. `endpoints` and `connections` also set up what they are about; `deliveries` retries and replays; `calls` ' +
    'has recordings and notes; `contacts` changes contacts; `agent` is what is one agent’s own, and looking up contacts.',
  readOnly: 'Only shows: changes nothing, and does not see what could be set up.',
  minutes: 'How long the session lasts from the use of the link on.',
  agentId: 'Of the area `agent`: whose.',
  look: 'How the page is to look; handed to it as it is.',
  origins:
    'Pages that may show the tenant’s portals in a frame: origins of https, such as `https://crm.example`. None: no page may.',
};

export class PortalLookDto {
  @TextField({
    about: 'Colour of what can be pressed.',
    max: 7,
    pattern: COLOUR,
    example: '#0a6cff',
    optional: true,
  })
  accent?: string;

  @TextField({ about: 'Colour behind all.', max: 7, pattern: COLOUR, example: '#ffffff', optional: true })
  background?: string;

  @TextField({
    about: 'A picture.',
    max: 500,
    pattern: /^https:\/\/[^\s"'<>]+$/,
    example: 'https://crm.example/logo.svg',
    optional: true,
  })
  logoUrl?: string;

  @TextField({
    about: 'Language tag.',
    max: 35,
    pattern: /^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/,
    example: 'he',
    optional: true,
  })
  language?: string;
}

export class NewPortalLinkDto {
  @ChoicesField({ about: ABOUT.areas, of: PORTAL_AREAS, example: ['endpoints', 'deliveries'] })
  areas!: PortalArea[];

  @FlagField({ about: ABOUT.readOnly, optional: true, byDefault: false })
  readOnly?: boolean;

  @CountField({
    about: ABOUT.minutes,
    min: 1,
    max: PORTAL_MOST_MINUTES,
    optional: true,
    byDefault: PORTAL_MOST_MINUTES,
  })
  minutes?: number;

  @IdField({ about: ABOUT.agentId, optional: true })
  agentId?: AgentId;

  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => PortalLookDto)
  @ApiProperty({ description: ABOUT.look, type: PortalLookDto, required: false })
  look?: PortalLookDto;
}

export class PortalDto {
  @Shown('Id of the portal. The audit names it.', SHOWN.id)
  id!: string;

  @Shown(ABOUT.areas, { type: [String], enum: [...PORTAL_AREAS] })
  areas!: readonly string[];

  @Shown(ABOUT.readOnly, { type: Boolean })
  readOnly!: boolean;

  @Shown(ABOUT.minutes, { type: 'integer' })
  minutes!: number;

  @Shown(ABOUT.agentId, SHOWN.idOrNull)
  agentId!: string | null;

  @Shown(ABOUT.look, { type: PortalLookDto })
  look!: object;

  @Shown('When the link was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When the link was used; null while nobody has.', SHOWN.timeOrNull)
  openedAt!: string | null;

  @Shown('When the session ends; while nobody has used the link, when that stops working.', SHOWN.time)
  endsAt!: string;
}

export class ListedPortalDto extends PortalDto {
  @Shown('Id of who made the link: an API key or a person.', { type: String })
  createdBy!: string;
}

export class PortalPageDto extends PageDto {
  @Shown('Newest first; what has ended is not shown.', { type: [ListedPortalDto] })
  data!: ListedPortalDto[];
}

export class PortalLinkOnceDto extends PortalDto {
  @Shown('The link, shown this once. It works once, for ten minutes.', {
    type: String,
    format: 'uri',
    example:
      'https://hook.example/portal?t=019a9e5c-7a00-7000-8000-000000000000#swo_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  })
  url!: string;
}

export class PortalCodeDto {
  @TextField({
    about: 'What comes after the # of the link.',
    max: 200,
    example: 'swo_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  })
  code!: string;
}

export class PortalStandingDto extends PortalDto {
  @Shown('Id of the tenant.', SHOWN.id)
  tenantId!: string;

  @Shown('When the token of the request ends, unless it is renewed.', SHOWN.time)
  expiresAt!: string;

  @Shown(ABOUT.origins, { type: [String], example: ['https://crm.example'] })
  origins!: readonly string[];
}

export class PortalTokenOnceDto extends PortalStandingDto {
  @Shown('The token, shown this once: `Authorization: Bearer` with it, for 15 minutes.', {
    type: String,
    example: 'swp_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  })
  token!: string;
}

export class PortalSettingsDto {
  @TextsField({
    about: ABOUT.origins,
    most: 20,
    // Nothing that means something in a policy of the page.
    pattern: /^https:\/\/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?$/,
    example: ['https://crm.example'],
  })
  origins!: string[];
}
