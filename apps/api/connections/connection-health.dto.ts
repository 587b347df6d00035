import {
  CLOCK_STANDINGS,
  REFUSAL_REASONS,
  WARNING_CODES,
  type ClockStanding,
  type RefusalReason,
  type SeenField,
  type SeenWord,
  type Warning,
  type WarningCode,
  type WordParams,
} from '#domain';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const COUNT = { type: 'integer', minimum: 0 } as const;

export class WarningDto implements Warning {
  @Shown('Stable, for programs.', { type: String, enum: [...WARNING_CODES] })
  code!: WarningCode;

  @Shown('What is wrong, and what to do.', {
    type: String,
    example: 'No webhook has come yet: paste the URL of the guide into the PBX.',
  })
  message!: string;

  @Shown('What the message is filled with, by the code: numbers, names, lists of them.', SHOWN.object)
  params!: WordParams;
}

export class WebhookRateDto {
  @Shown('Of the last minute, those that nobody could read among them; near enough.', COUNT)
  lastMinute!: number;

  @Shown('Of the last hour.', COUNT)
  lastHour!: number;

  @Shown('Of the last 24 hours.', COUNT)
  lastDay!: number;
}

export class UnparsedDto {
  @Shown('Webhooks of the last 24 hours that the dialect could not read.', COUNT)
  lastDay!: number;

  @Shown('Their share of all webhooks of the last 24 hours, from 0 to 1; null where none came.', {
    type: Number,
    nullable: true,
    example: 0.02,
  })
  share!: number | null;

  @Shown('All that are kept, however old; not counted beyond 10000.', COUNT)
  total!: number;
}

export class ParseFailureDto {
  @Shown('Id of the receipt.', SHOWN.id)
  receiptId!: string;

  @Shown('Why it could not be read.', { type: String, example: 'The CDR has no ivruniqueid.' })
  reason!: string;

  @Shown('When it came.', SHOWN.time)
  receivedAt!: string;
}

export class RefusedDto {
  @Shown('Stable, for programs.', { type: String, enum: [...REFUSAL_REASONS] })
  reason!: RefusalReason;

  @Shown('How many in about the last 24 hours.', COUNT)
  count!: number;

  @Shown('When it happened last.', SHOWN.time)
  lastAt!: string;

  @Shown('The last one, in a line, cut and with secrets masked.', {
    type: String,
    example: 'POST /in/[redacted]/voicenter/cdr; content-type: application/json; 2097152 bytes',
  })
  sample!: string;
}

export class SeenWordDto implements Omit<SeenWord, 'lastSeenAt'> {
  @Shown('What the PBX said it as.', { type: String, enum: ['status', 'type'] })
  kind!: SeenWord['kind'];

  @Shown("The vendor's own word, cut after 64 characters.", { type: String, example: 'CALLBACK_PENDING' })
  word!: string;

  @Shown('How often it was seen.', COUNT)
  count!: number;

  @Shown('When it was seen last.', SHOWN.time)
  lastSeenAt!: string;
}

export class SeenFieldDto implements Omit<SeenField, 'lastSeenAt'> {
  @Shown("The vendor's name of the field, cut after 64 characters.", { type: String, example: 'dialtime' })
  name!: string;

  @Shown('In how many webhooks.', COUNT)
  count!: number;

  @Shown('When it was seen last.', SHOWN.time)
  lastSeenAt!: string;
}

export class ClockDto implements ClockStanding {
  @Shown(
    'unknown: nothing told the end of a call yet; right, or compared with ours by a WebSocket; doubtful: the few that did say that it is wrong; wrong: there is a warning that says what to do.',
    { type: String, enum: [...CLOCK_STANDINGS] },
  )
  standing!: ClockStanding['standing'];

  @Shown('Webhooks that it is judged by, the latest ones.', COUNT)
  samples!: number;

  @Shown(
    'How long after the end of its call the usual one of them came, in seconds, as the clock is understood; negative where the end seems to lie ahead. Null where none came.',
    { type: 'integer', nullable: true, example: 2 },
  )
  lagSeconds!: number | null;
}

class SocketStandingDto {
  @Shown('Since when it is up, or is not.', SHOWN.timeOrNull)
  since!: string | null;

  @Shown('Where the last one came from.', { type: String, nullable: true, example: '192.0.2.10' })
  sourceIp!: string | null;

  @Shown('What the PBX called itself there.', {
    type: String,
    nullable: true,
    example: 'Asterisk PBX 22.5.0',
  })
  remoteVersion!: string | null;

  @Shown("How far the PBX's clock is ahead of ours, in milliseconds; null where it was not measured.", {
    type: 'integer',
    nullable: true,
    example: -120,
  })
  clockAheadMs!: number | null;

  @Shown('Why the last one ended; null while one is up.', {
    type: String,
    nullable: true,
    example: 'The PBX closed it (1001).',
  })
  reason!: string | null;
}

export class SocketLineDto extends SocketStandingDto {
  @Shown('Which of the two that a PBX may have open.', { type: 'integer', minimum: 1, maximum: 2 })
  line!: number;

  @Shown('Whether it is open.', { type: String, enum: ['up', 'down'] })
  state!: 'up' | 'down';
}

export class SocketDto extends SocketStandingDto {
  @Shown('`never`: none was opened yet.', { type: String, enum: ['up', 'down', 'never'] })
  state!: 'up' | 'down' | 'never';

  @Shown('Each line that was ever opened: a PBX may have two WebSockets open, and tells the same on both.', {
    type: [SocketLineDto],
  })
  lines!: SocketLineDto[];
}

export class ConnectionHealthDto {
  @Shown(
    'The WebSocket that the PBX opens to us, of two the first one that is up; null where its dialect has none.',
    {
      type: SocketDto,
      nullable: true,
    },
  )
  socket!: SocketDto | null;

  @Shown('What somebody should look after, the most urgent first; empty where all is well.', {
    type: [WarningDto],
  })
  warnings!: WarningDto[];

  @Shown('When the last webhook came, whether it could be read or not.', SHOWN.timeOrNull)
  lastWebhookAt!: string | null;

  @Shown('How the clock of the PBX is understood.', { type: ClockDto })
  clock!: ClockDto;

  @Shown('How many webhooks came.', { type: WebhookRateDto })
  webhooks!: WebhookRateDto;

  @Shown('Webhooks that the dialect could not read. They are kept, listed and replayable.', {
    type: UnparsedDto,
  })
  unparsed!: UnparsedDto;

  @Shown('Webhooks that working on failed three times. They are kept, listed and replayable.', COUNT)
  setAside!: number;

  @Shown(
    'Webhooks that were refused before they could be kept, by reason, the last first. The warnings say what to do.',
    { type: [RefusedDto] },
  )
  refused!: RefusedDto[];

  @Shown('The last webhook that could not be read and still waits.', {
    type: ParseFailureDto,
    nullable: true,
  })
  lastParseFailure!: ParseFailureDto | null;

  @Shown('Words of the PBX that its dialect has no meaning for, the one seen last first; 50 at most.', {
    type: [SeenWordDto],
  })
  unknownWords!: SeenWordDto[];

  @Shown('Fields whose values could not be read, the one seen last first; 50 at most.', {
    type: [SeenFieldDto],
  })
  unreadableFields!: SeenFieldDto[];
}
