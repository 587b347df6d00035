import { SOURCE_KINDS } from '#sources';
import { IsISO31661Alpha2 } from 'class-validator';
import { ChoiceField, CountField, FlagField, IdField, TextField } from '../http/field.decorator.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { HeadersField } from '../ivr-routes/headers-field.decorator.js';

const OPTIONAL = { optional: true } as const;
const KINDS = SOURCE_KINDS.map(({ name }) => name);
const WEEK_SECONDS = 7 * 24 * 60 * 60;
/** Ingress answers within 1.5 s; what is left is for the way there and back. */
const IN_TIME_MS = 1_400;
/** What comes later still reaches the screens, as long as the phone may ring. */
const MOST_TIMEOUT_MS = 10_000;

export const SOURCE_DEFAULTS = {
  kind: KINDS[0] ?? 'http',
  timeoutMs: IN_TIME_MS,
  foundSeconds: 3_600,
  notFoundSeconds: 60,
  staleSeconds: 24 * 60 * 60,
  enabled: true,
} as const;

const ABOUT = {
  name: { about: 'For people.', max: 200, example: 'Our CRM' },
  kind: {
    about: SOURCE_KINDS.map(({ name, about }) => `\`${name}\`: ${about}`).join(' '),
    of: KINDS,
    byDefault: SOURCE_DEFAULTS.kind,
  },
  url: {
    about: 'Of the kind `http`: a public http(s) address. No redirect is followed.',
    max: 2_048,
    example: 'https://crm.example/contacts/lookup',
  },
  endpointId: {
    about:
      'Of the kind `crm`: the endpoint whose CRM is asked. Its format is a connector; whether it is paused or disabled does not ' +
      'matter. With it the source is deleted.',
  },
  timeoutMs: {
    about:
      'How long it may take, in milliseconds. A PBX is answered within 1.5 s, whatever it does; what comes later is ' +
      'shown on the screens and kept with the call.',
    min: 100,
    max: MOST_TIMEOUT_MS,
    byDefault: SOURCE_DEFAULTS.timeoutMs,
  },
  foundSeconds: {
    about: 'How long an answer with contacts counts.',
    min: 10,
    max: WEEK_SECONDS,
    byDefault: SOURCE_DEFAULTS.foundSeconds,
  },
  notFoundSeconds: {
    about: 'How long it counts that nobody has a number.',
    min: 10,
    max: WEEK_SECONDS,
    byDefault: SOURCE_DEFAULTS.notFoundSeconds,
  },
  staleSeconds: {
    about: 'For how long after that contacts are still answered at once, while it is asked again.',
    min: 0,
    max: WEEK_SECONDS,
    byDefault: SOURCE_DEFAULTS.staleSeconds,
  },
  enabled: { about: 'Whether it is asked.', byDefault: SOURCE_DEFAULTS.enabled },
} as const;
const HEADERS =
  'Of the kind `http`: sent along with each question, such as a key. Kept sealed: leaving it out keeps those that were set.';

class SourceSettingsDto {
  @ChoiceField({ ...ABOUT.kind, ...OPTIONAL })
  kind?: string;

  @HeadersField(HEADERS)
  headers?: Record<string, string>;

  @CountField({ ...ABOUT.timeoutMs, ...OPTIONAL })
  timeoutMs?: number;

  @CountField({ ...ABOUT.foundSeconds, ...OPTIONAL })
  foundSeconds?: number;

  @CountField({ ...ABOUT.notFoundSeconds, ...OPTIONAL })
  notFoundSeconds?: number;

  @CountField({ ...ABOUT.staleSeconds, ...OPTIONAL })
  staleSeconds?: number;

  @FlagField({ ...ABOUT.enabled, ...OPTIONAL })
  enabled?: boolean;
}

export class NewContactSourceDto extends SourceSettingsDto {
  @TextField(ABOUT.name)
  name!: string;

  @TextField({ ...ABOUT.url, ...OPTIONAL })
  url?: string;

  @IdField({ ...ABOUT.endpointId, ...OPTIONAL })
  endpointId?: string;
}

export class ContactSourcePatchDto extends SourceSettingsDto {
  @TextField({ ...ABOUT.name, ...OPTIONAL })
  name?: string;

  @TextField({ ...ABOUT.url, ...OPTIONAL })
  url?: string;

  @IdField({ ...ABOUT.endpointId, ...OPTIONAL })
  endpointId?: string;
}

export const HEALTH_STATES = ['unasked', 'ok', 'failing', 'resting'] as const;

export class ContactSourceHealthDto {
  @Shown(
    '`unasked`: not yet, with these settings. `ok`: its last answer was one. `failing`: it was not. `resting`: it failed again and again, and is left alone until `openUntil`.',
    { type: String, enum: [...HEALTH_STATES] },
  )
  state!: (typeof HEALTH_STATES)[number];

  @Shown('When it last answered.', SHOWN.timeOrNull)
  answeredAt!: string | null;

  @Shown('When it last failed.', SHOWN.timeOrNull)
  failedAt!: string | null;

  @Shown('Why.', SHOWN.textOrNull)
  failure!: string | null;

  @Shown('How often it failed since it last answered.', { type: 'integer' })
  failuresInARow!: number;

  @Shown('Until then it is not asked.', SHOWN.timeOrNull)
  openUntil!: string | null;
}

export class ContactSourceDto {
  @Shown('Id of the source: what the `sources` of the match policy, and matched contacts, name.', SHOWN.id)
  id!: string;

  @Shown(ABOUT.name.about, { type: String, example: ABOUT.name.example })
  name!: string;

  @Shown(ABOUT.kind.about, { type: String, enum: [...KINDS] })
  kind!: string;

  @Shown(`${ABOUT.url.about} Else null.`, {
    type: String,
    nullable: true,
    example: ABOUT.url.example,
  })
  url!: string | null;

  @Shown('Of the kind `crm`: the endpoint whose CRM is asked. Else null.', SHOWN.idOrNull)
  endpointId!: string | null;

  @Shown(
    'What to know of asking it while a phone rings, in sentences, such as a small ration of the CRM’s. Empty: nothing.',
    { type: [String] },
  )
  advice!: string[];

  @Shown('Names of the headers that are sent along; their values are not shown.', {
    type: String,
    isArray: true,
    example: ['authorization'],
  })
  headerNames!: string[];

  @Shown(ABOUT.timeoutMs.about, { type: 'integer' })
  timeoutMs!: number;

  @Shown(ABOUT.foundSeconds.about, { type: 'integer' })
  foundSeconds!: number;

  @Shown(ABOUT.notFoundSeconds.about, { type: 'integer' })
  notFoundSeconds!: number;

  @Shown(ABOUT.staleSeconds.about, { type: 'integer' })
  staleSeconds!: number;

  @Shown(ABOUT.enabled.about, { type: Boolean })
  enabled!: boolean;

  @Shown('How it did lately.', { type: ContactSourceHealthDto })
  health!: ContactSourceHealthDto;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class ContactSourceOnceDto extends ContactSourceDto {
  @Shown(
    'Signs every question (Standard Webhooks). Shown this once, when the source is made. Null for the kind `crm`.',
    {
      type: String,
      nullable: true,
      example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    },
  )
  secret!: string | null;
}

export class ContactSourcePageDto extends PageDto {
  @Shown('Latest first.', { type: [ContactSourceDto] })
  data!: ContactSourceDto[];
}

export class SourceTestDto {
  @TextField({ about: 'Whom to ask for, in any spelling.', max: 64, example: '+972502345678' })
  number!: string;

  @TextField({
    about: 'ISO 3166-1 alpha-2: numbers without a country code are of this one, in the answer too.',
    max: 2,
    example: 'IL',
    ...OPTIONAL,
  })
  @IsISO31661Alpha2()
  country?: string;
}
