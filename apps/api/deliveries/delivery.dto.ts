import type { ReasonCode, WordParams } from '#domain';
import { DELIVERY_STATES, type DeliveryState } from '#db';
import { ChoiceField, CountField, IdField, TextField, TimeField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { REASON_ABOUT, REASON_SHOWN } from '../http/reason-shown.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;

export class DeliveryQueryDto extends PageQueryDto {
  @IdField({ about: 'Endpoint that it goes to.', ...OPTIONAL })
  endpointId?: string;

  @ChoiceField({ about: 'State of the delivery.', of: DELIVERY_STATES, ...OPTIONAL })
  state?: DeliveryState;

  @TextField({ about: 'Type of the event.', max: 100, example: 'call.ended', ...OPTIONAL })
  eventType?: string;

  @IdField({ about: 'Call that the event is about.', ...OPTIONAL })
  callId?: string;

  @IdField({ about: 'Replay that made it, or released it.', ...OPTIONAL })
  replayId?: string;

  @TextField({
    about: 'Number of the party outside, in any spelling; of its latest 1,000 calls.',
    max: 100,
    example: '+972502345678',
    ...OPTIONAL,
  })
  number?: string;

  @CountField({
    about:
      'HTTP status of the last try, for e-mail the code of the reply. Without `from` only the last 24 hours are searched.',
    min: 100,
    max: 599,
    fromQuery: true,
    ...OPTIONAL,
  })
  status?: number;

  @TimeField({ about: 'Deliveries made then or later.', ...OPTIONAL })
  from?: string;

  @TimeField({ about: 'Deliveries made before then.', ...OPTIONAL })
  to?: string;
}

export class DeliveryDto {
  @Shown('Id of the delivery; its `webhook-id` header.', SHOWN.id)
  id!: string;

  @Shown('Endpoint that it goes to.', SHOWN.id)
  endpointId!: string;

  @Shown('Event that is owed.', SHOWN.id)
  eventId!: string;

  @Shown(
    'Call that the event is about; null for a test and for events about endpoints, connections and keys.',
    SHOWN.idOrNull,
  )
  callId!: string | null;

  @Shown('Type of the event.', { type: String, example: 'call.ended' })
  eventType!: string;

  @Shown('1 for the first event of the call; 0 for an event without a call.', { type: 'integer' })
  sequence!: number;

  @Shown(
    'due: to be tried; held: its endpoint is disabled or paused; dead: given up; skipped: not wanted any more, or its format has no message for the event. All but due and delivered can be retried.',
    {
      type: String,
      enum: [...DELIVERY_STATES],
    },
  )
  state!: DeliveryState;

  @Shown('Why it is held, dead or skipped, or what came of the last try.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown(REASON_ABOUT.code, REASON_SHOWN.code)
  reasonCode!: ReasonCode | null;

  @Shown(REASON_ABOUT.params, REASON_SHOWN.params)
  reasonParams!: WordParams | null;

  @Shown('When it is tried next; null unless it is due.', SHOWN.timeOrNull)
  dueAt!: string | null;

  @Shown('Tries so far; since it was retried by hand, where it was.', { type: 'integer' })
  attemptCount!: number;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was first tried; since it was retried by hand, where it was.', SHOWN.timeOrNull)
  firstTriedAt!: string | null;

  @Shown('When it was delivered, given up or skipped.', SHOWN.timeOrNull)
  finishedAt!: string | null;

  @Shown(
    'HTTP status of the last try, for e-mail the code of the reply; null when there was no answer.',
    SHOWN.countOrNull,
  )
  lastStatus!: number | null;

  @Shown('The replay that made it, or released it.', SHOWN.idOrNull)
  replayId!: string | null;
}

export class AttemptDto {
  @Shown('Id of the attempt.', SHOWN.id)
  id!: string;

  @Shown('1 for the first try, and again for the first after a retry by hand; `startedAt` is their order.', {
    type: 'integer',
  })
  number!: number;

  @Shown('When it was sent.', SHOWN.time)
  startedAt!: string;

  @Shown('How long it took, in milliseconds.', { type: Number, example: 84.2 })
  durationMs!: number;

  @Shown('What came of it.', { type: String, example: 'unreachable' })
  outcome!: string;

  @Shown('What follows, in words.', { type: String })
  decision!: string;

  @Shown(REASON_ABOUT.code, REASON_SHOWN.code)
  decisionCode!: ReasonCode | null;

  @Shown(REASON_ABOUT.params, REASON_SHOWN.params)
  decisionParams!: WordParams | null;

  @Shown('HTTP status, for e-mail the code of the reply; null when there was no answer.', SHOWN.countOrNull)
  status!: number | null;

  @Shown('What went wrong, when there was no answer.', SHOWN.textOrNull)
  error!: string | null;

  @Shown(
    'Method of the request, MAIL for e-mail; null for tries of before requests were kept.',
    SHOWN.textOrNull,
  )
  requestMethod!: string | null;

  @Shown('Where it was sent, without credentials.', SHOWN.textOrNull)
  requestUrl!: string | null;

  @Shown('Headers that were sent, without credentials.', {
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
  })
  requestHeaders!: Record<string, string> | null;

  @Shown(
    'The first 16 KiB of the body that was sent, without credentials. Null where there was none, for tries of before bodies were kept, and for the format `standard`: its body is the event with `payload` as its data, byte for byte.',
    SHOWN.textOrNull,
  )
  requestBody!: string | null;

  @Shown("The answer's headers, without credentials.", {
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
  })
  responseHeaders!: Record<string, string> | null;

  @Shown("The answer's first 16 KiB.", SHOWN.textOrNull)
  responseBody!: string | null;

  @Shown('Address that it was sent to.', SHOWN.textOrNull)
  resolvedIp!: string | null;

  @Shown('Milliseconds that each step took.', SHOWN.object)
  timings!: unknown;
}

export class DeliveryDetailDto extends DeliveryDto {
  @Shown("The event's data, as it is sent.", { ...SHOWN.object, nullable: true })
  payload!: unknown;

  @Shown('When the event happened; null when it is not kept any more.', SHOWN.timeOrNull)
  occurredAt!: string | null;

  @Shown('First try first.', { type: [AttemptDto] })
  attempts!: AttemptDto[];
}

export class DeliveryPageDto extends PageDto {
  @Shown('Newest first.', { type: [DeliveryDto] })
  data!: DeliveryDto[];
}
