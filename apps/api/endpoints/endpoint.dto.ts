import { ENDPOINT_STATES, HELD_CHOICES, type EndpointState } from '#db';
import { FORMATS } from '#formats';
import {
  ChoiceField,
  ChoicesField,
  CountField,
  FlagField,
  ObjectField,
  TextField,
  TimeField,
} from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { REASON_ABOUT, REASON_SHOWN } from '../http/reason-shown.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import {
  DEFAULT_BACKLOG_ALERT_MINUTES,
  SIGNATURES,
  type EndpointFilter,
  type ReasonCode,
  type Signature,
  type WordParams,
} from '#domain';
import { EVENT_TYPES_ABOUT, EventTypesField } from './fields/event-types-field.decorator.js';
import { FILTER_ABOUT, FilterField } from './fields/filter-field.decorator.js';
import { SCHEDULE_ABOUT, ScheduleField } from './fields/schedule-field.decorator.js';

/** How deliveries are written. */
export const ENDPOINT_FORMATS: readonly string[] = FORMATS.map(({ name }) => name);

const SECOND = 1000;
export const MOST_SETTINGS_BYTES = 64 * 1024;
const OPTIONAL = { optional: true } as const;

export const ABOUT = {
  name: { about: 'What people call this endpoint.', max: 200, example: 'CRM' },
  url: {
    about:
      "Where deliveries go, unless the format's settings name a URL; a public http(s) address. For e-mail mailto: and up to 5 " +
      'addresses with commas between them.',
    max: 2048,
    example: 'https://crm.example/hook',
  },
  format: {
    about: `How deliveries are written. ${FORMATS.map(({ name, about }) => `${name}: ${about}`).join(' ')}`,
    of: ENDPOINT_FORMATS,
    byDefault: 'standard',
  },
  formatSettings: {
    about: "The format's own settings; a new format starts without any. Shown with everything filled in.",
    maxBytes: MOST_SETTINGS_BYTES,
    example: { encoding: 'form' },
  },
  signatures: {
    about:
      'How deliveries are signed (Standard Webhooks): v1 with a shared secret, v1a with a key whose public half checks it.',
    of: SIGNATURES,
    byDefault: ['v1'],
  },
  ordered: { about: 'Whether the events of one call are sent one after another.', byDefault: true },
  concurrency: { about: 'Most deliveries under way at once.', min: 1, max: 100, byDefault: 10 },
  timeoutMs: {
    about: 'How long one try may take, in milliseconds.',
    min: SECOND,
    max: 30 * SECOND,
    byDefault: 15 * SECOND,
  },
  ratePerMinute: {
    about: 'Most deliveries a minute, evenly spread. Null: as many as there are.',
    min: 1,
    max: 60_000,
    example: 600,
  },
  rateBurst: {
    about: 'How many of them may go at once after a pause.',
    min: 1,
    max: 1_000,
    byDefault: 1,
  },
  disableAfterHours: {
    about: 'Disable it after so many hours without one success. Null: never.',
    min: 1,
    max: 720,
    example: 120,
  },
  backlogAlertMinutes: {
    about:
      'Tell by `endpoint.backlog` when the oldest delivery that may be sent has been due for so many minutes. Null: never.',
    min: 1,
    max: 10_080,
    example: 15,
  },
  note: {
    about: 'A few words for whoever looks at it next.',
    max: 1_000,
    example: 'Ask Dana before changing the URL.',
  },
  metadata: { about: 'Anything of your own.', byDefault: {}, example: { team: 'sales' } },
} as const;

export class NewEndpointDto {
  @TextField(ABOUT.name)
  name!: string;

  @TextField(ABOUT.url)
  url!: string;

  @EventTypesField({ optional: false })
  eventTypes!: string[];

  @FilterField()
  filter?: EndpointFilter | null;

  @ChoiceField({ ...ABOUT.format, ...OPTIONAL })
  format?: string;

  @ObjectField({ ...ABOUT.formatSettings, byDefault: {}, ...OPTIONAL })
  formatSettings?: Record<string, unknown>;

  @ChoicesField({ ...ABOUT.signatures, ...OPTIONAL })
  signatures?: Signature[];

  @FlagField({ ...ABOUT.ordered, ...OPTIONAL })
  ordered?: boolean;

  @CountField({ ...ABOUT.concurrency, ...OPTIONAL })
  concurrency?: number;

  @CountField({ ...ABOUT.timeoutMs, ...OPTIONAL })
  timeoutMs?: number;

  @ScheduleField()
  scheduleMs?: number[] | null;

  @CountField({ ...ABOUT.ratePerMinute, ...OPTIONAL, nullable: true })
  ratePerMinute?: number | null;

  @CountField({ ...ABOUT.rateBurst, ...OPTIONAL })
  rateBurst?: number;

  @CountField({ ...ABOUT.disableAfterHours, ...OPTIONAL, nullable: true, byDefault: 120 })
  disableAfterHours?: number | null;

  @CountField({
    ...ABOUT.backlogAlertMinutes,
    ...OPTIONAL,
    nullable: true,
    byDefault: DEFAULT_BACKLOG_ALERT_MINUTES,
  })
  backlogAlertMinutes?: number | null;

  @TextField({ ...ABOUT.note, ...OPTIONAL, nullable: true })
  note?: string | null;

  @ObjectField({ ...ABOUT.metadata, ...OPTIONAL })
  metadata?: Record<string, unknown>;
}

export class EndpointPatchDto {
  @TextField({ ...ABOUT.name, ...OPTIONAL })
  name?: string;

  @TextField({ ...ABOUT.url, ...OPTIONAL })
  url?: string;

  @EventTypesField({ optional: true })
  eventTypes?: string[];

  @FilterField()
  filter?: EndpointFilter | null;

  @ChoiceField({ about: ABOUT.format.about, of: ENDPOINT_FORMATS, ...OPTIONAL })
  format?: string;

  @ObjectField({ ...ABOUT.formatSettings, ...OPTIONAL })
  formatSettings?: Record<string, unknown>;

  @FlagField({ about: ABOUT.ordered.about, ...OPTIONAL })
  ordered?: boolean;

  @CountField({ about: ABOUT.concurrency.about, min: 1, max: 100, ...OPTIONAL })
  concurrency?: number;

  @CountField({ about: ABOUT.timeoutMs.about, min: SECOND, max: 30 * SECOND, ...OPTIONAL })
  timeoutMs?: number;

  @ScheduleField()
  scheduleMs?: number[] | null;

  @CountField({ ...ABOUT.ratePerMinute, ...OPTIONAL, nullable: true })
  ratePerMinute?: number | null;

  @CountField({ about: ABOUT.rateBurst.about, min: 1, max: 1_000, ...OPTIONAL })
  rateBurst?: number;

  @CountField({ ...ABOUT.disableAfterHours, ...OPTIONAL, nullable: true })
  disableAfterHours?: number | null;

  @CountField({ ...ABOUT.backlogAlertMinutes, ...OPTIONAL, nullable: true })
  backlogAlertMinutes?: number | null;

  @TextField({ ...ABOUT.note, ...OPTIONAL, nullable: true })
  note?: string | null;

  @ObjectField({ about: ABOUT.metadata.about, ...OPTIONAL })
  metadata?: Record<string, unknown>;
}

export class DisableEndpointDto {
  @TextField({
    about: 'Why, for whoever finds it disabled.',
    max: 500,
    example: 'CRM is being moved',
    ...OPTIONAL,
  })
  reason?: string;
}

export class PauseEndpointDto {
  @TextField({
    about: 'Why, for whoever finds it paused.',
    max: 500,
    example: 'CRM is being updated',
    ...OPTIONAL,
  })
  reason?: string;
}

export class EnableEndpointDto {
  @ChoiceField({
    about:
      'What becomes of what was held. drain: all of it is sent; skip: none of it; replay_from: what was made since `from`, and the rest is skipped.',
    of: HELD_CHOICES,
    byDefault: 'drain',
    ...OPTIONAL,
  })
  held?: (typeof HELD_CHOICES)[number];

  @TimeField({ about: 'With `replay_from`: since when.', ...OPTIONAL })
  from?: string;
}

export class EndpointQueryDto extends PageQueryDto {
  @ChoiceField({ about: 'Only those in this state.', of: ENDPOINT_STATES, ...OPTIONAL })
  state?: EndpointState;
}

export class EndpointDto {
  @Shown('Id of the endpoint.', SHOWN.id)
  id!: string;

  @Shown(ABOUT.name.about, { type: String, example: ABOUT.name.example })
  name!: string;

  @Shown(ABOUT.url.about, { type: String, format: 'uri', example: ABOUT.url.example })
  url!: string;

  @Shown(ABOUT.format.about, { type: String, enum: [...ENDPOINT_FORMATS] })
  format!: string;

  @Shown(ABOUT.formatSettings.about, SHOWN.object)
  formatSettings!: Record<string, unknown>;

  @Shown(EVENT_TYPES_ABOUT, { type: String, isArray: true, example: ['call.*'] })
  eventTypes!: string[];

  @Shown(FILTER_ABOUT, { type: 'object', additionalProperties: true, nullable: true })
  filter!: EndpointFilter | null;

  @Shown(
    'One that is disabled or paused gets nothing; what it is owed is held. enabling: that is being released.',
    {
      type: String,
      enum: [...ENDPOINT_STATES],
    },
  )
  state!: EndpointState;

  @Shown('Why it is disabled or paused.', SHOWN.textOrNull)
  stateReason!: string | null;

  @Shown(REASON_ABOUT.code, REASON_SHOWN.code)
  stateReasonCode!: ReasonCode | null;

  @Shown(REASON_ABOUT.params, REASON_SHOWN.params)
  stateReasonParams!: WordParams | null;

  @Shown(ABOUT.signatures.about, { type: String, isArray: true, enum: [...SIGNATURES] })
  signatures!: Signature[];

  @Shown('Checks what is signed with `v1a`. Null where that is not asked for.', SHOWN.textOrNull)
  publicKey!: string | null;

  @Shown(ABOUT.ordered.about, { type: Boolean })
  ordered!: boolean;

  @Shown(ABOUT.concurrency.about, { type: 'integer' })
  concurrency!: number;

  @Shown(ABOUT.timeoutMs.about, { type: 'integer' })
  timeoutMs!: number;

  @Shown(SCHEDULE_ABOUT, { type: 'array', items: { type: 'integer' }, nullable: true })
  scheduleMs!: number[] | null;

  @Shown(ABOUT.ratePerMinute.about, { type: 'integer', nullable: true })
  ratePerMinute!: number | null;

  @Shown(ABOUT.rateBurst.about, { type: 'integer' })
  rateBurst!: number;

  @Shown(ABOUT.disableAfterHours.about, { type: 'integer', nullable: true })
  disableAfterHours!: number | null;

  @Shown(ABOUT.backlogAlertMinutes.about, { type: 'integer', nullable: true })
  backlogAlertMinutes!: number | null;

  @Shown(ABOUT.note.about, SHOWN.textOrNull)
  note!: string | null;

  @Shown(ABOUT.metadata.about, SHOWN.object)
  metadata!: Record<string, unknown>;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class EndpointPageDto extends PageDto {
  @Shown('Newest first.', { type: [EndpointDto] })
  data!: EndpointDto[];
}
