import { CALL_RESULTS, type CallResult, type EndpointFilter, type WordParams } from '#domain';
import { KNOWN_EVENT_TYPES, type KnownEventType } from '../../event-types/known-event-types.js';
import { ChoiceField, CountField, IdField, ObjectField, TextField } from '../../http/field.decorator.js';
import { SHOWN, Shown } from '../../http/shown.decorator.js';
import { ABOUT } from '../endpoint.dto.js';
import { EventTypesField } from '../fields/event-types-field.decorator.js';
import { FilterField } from '../fields/filter-field.decorator.js';

const OPTIONAL = { optional: true } as const;
const MOST_EVENTS = 50;
export const DRY_RUN_CODES = ['sent', 'event_type.not_asked', 'filter.not_met', 'format.no_message'] as const;
export type DryRunCode = (typeof DRY_RUN_CODES)[number];

export class EndpointDryRunDto {
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

  @ChoiceField({
    about:
      'Tries a sample of this type. Where neither this nor another event is named: of the first that is asked for.',
    of: KNOWN_EVENT_TYPES.map(({ type }) => type),
    ...OPTIONAL,
  })
  sample?: KnownEventType['type'];

  @IdField({ about: 'Tries this event of yours. In place of `sample`.', ...OPTIONAL })
  eventId?: string;

  @CountField({
    about: 'Tries your last so many events. In place of `sample`.',
    min: 1,
    max: MOST_EVENTS,
    ...OPTIONAL,
  })
  latest?: number;
}

export class DryRunRequestDto {
  @Shown('HTTP method; `MAIL` for an e-mail.', { type: String, example: 'POST' })
  method!: string;

  @Shown('Where it would go, secrets in it redacted.', { type: String, example: 'https://crm.example/hook' })
  url!: string;

  @Shown(
    'By name in lower case. Values that are secret or set by the format’s own settings are redacted, and those that are made ' +
      'when it is sent say so. Headers and credentials of the endpoint’s access are not among them.',
    { type: 'object', additionalProperties: { type: 'string' } },
  )
  headers!: Record<string, string>;

  @Shown('Its first 16 KiB; null where there is none.', SHOWN.textOrNull)
  body!: string | null;
}

export class DryRunEntryDto {
  @Shown('Which way the call went.', { type: String, enum: ['inbound', 'outbound'] })
  direction!: 'inbound' | 'outbound';

  @Shown('What came of it.', { type: String, enum: [...CALL_RESULTS] })
  result!: CallResult;

  @Shown('When it began.', SHOWN.time)
  startedAt!: string;

  @Shown('Of talk, in seconds.', { type: Number, example: 60 })
  talkSeconds!: number;

  @Shown('The customer’s number; null where it was withheld.', SHOWN.textOrNull)
  number!: string | null;

  @Shown('The title that the record would have.', {
    type: String,
    example: 'Incoming call from +972545551234: answered',
  })
  subject!: string;

  @Shown('Its text.', { type: String })
  body!: string;

  @Shown('The CRM’s word for the outcome; null: the connector chooses.', SHOWN.textOrNull)
  outcome!: string | null;

  @Shown('The CRM’s kind of activity; null: the connector chooses.', SHOWN.textOrNull)
  activityType!: string | null;

  @Shown(
    'The CRM’s user whose it would be, unless the contact has an owner; null: whoever connected.',
    SHOWN.textOrNull,
  )
  ownerId!: string | null;

  @Shown('Our link to the recording.', SHOWN.textOrNull)
  recordingUrl!: string | null;
}

export class DryRunEventDto {
  @Shown('The event; null for a sample.', SHOWN.idOrNull)
  eventId!: string | null;

  @Shown('Type of the event.', { type: String, example: 'call.ended' })
  type!: string;

  @Shown('When it happened.', SHOWN.time)
  occurredAt!: string;

  @Shown('Whether it would be sent.', { type: Boolean })
  sent!: boolean;

  @Shown('Why, or why not: stable, for programs.', { type: String, enum: [...DRY_RUN_CODES] })
  code!: DryRunCode;

  @Shown('The same in words.', { type: String, example: 'The filter does not let it pass: directions.' })
  because!: string;

  @Shown('What the words are filled with, by the code.', SHOWN.object)
  params!: WordParams;

  @Shown('The conditions of the filter that it does not meet, by their path.', {
    type: [String],
    example: ['payload.talkSeconds'],
  })
  failedConditions!: string[];

  @Shown(
    'The requests, in their order, as if nothing of its call had been sent before. Also where it would not be sent.',
    {
      type: [DryRunRequestDto],
    },
  )
  requests!: DryRunRequestDto[];

  @Shown(
    'Of a connector to a CRM: the record as it would be worded and logged, before anybody is looked up there. Null for other formats.',
    { type: DryRunEntryDto, nullable: true },
  )
  entry!: DryRunEntryDto | null;
}

export class EndpointDryRunAnswerDto {
  @Shown('One for each event, the newest first.', { type: [DryRunEventDto] })
  data!: DryRunEventDto[];
}
