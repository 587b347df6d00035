import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import {
  LONGEST_ORDER_VARIABLE,
  MOST_ORDER_VARIABLES,
  ORDER_KINDS,
  ORDER_PARTY_KINDS,
  ORDER_SOURCES,
  ORDER_STATES,
  type OrderKind,
  type OrderPartyKind,
  type OrderSource,
  type OrderState,
} from '#domain';
import {
  ChoiceField,
  CountField,
  FlagField,
  IdField,
  ObjectField,
  TextField,
} from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
const RING = { min: 1, max: 300, ...OPTIONAL } as const;
const SHOWN_NUMBER = { max: 32, pattern: /^\+?[\d\s().-]{1,32}$/, ...OPTIONAL } as const;

export class OrderPartyDto {
  @ChoiceField({
    about:
      '`extension` and `queue`: by the PBX’s own word. `number`: a phone number, with its country code or as one dials it in the ' +
      'connection’s country. `trunk`: by its name. `login_code`: whose phone rings who is logged in by the code.',
    of: ORDER_PARTY_KINDS,
  })
  kind!: OrderPartyKind;

  @TextField({ about: 'Whom to ring.', max: 64, example: '+972502345678' })
  value!: string;
}

export class AnnouncementDto {
  @TextField({ about: 'Name of a recording on the PBX, played first.', max: 128, ...OPTIONAL })
  before?: string;

  @TextField({ about: 'Digits to say one by one.', max: 64, pattern: /^\d+$/, ...OPTIONAL })
  digits?: string;

  @TextField({ about: 'Played after each digit.', max: 128, ...OPTIONAL })
  between?: string;

  @TextField({ about: 'Played last.', max: 128, ...OPTIONAL })
  after?: string;
}

export class NewOrderDto {
  @IdField({ about: 'Whose PBX dials.' })
  connectionId!: string;

  @ChoiceField({
    about:
      '`call`: `first` is rung, then `second`, and they talk. `announce`: `first` hears recordings. `conference`: `first` is put ' +
      'into a room.',
    of: ORDER_KINDS,
    byDefault: 'call',
    ...OPTIONAL,
  })
  kind?: OrderKind;

  @ApiProperty({ description: 'Who is rung first.', type: OrderPartyDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => OrderPartyDto)
  first!: OrderPartyDto;

  @ApiProperty({ description: 'Who is rung then. For a `call` only.', type: OrderPartyDto, required: false })
  @ValidateIf((_, value) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => OrderPartyDto)
  second?: OrderPartyDto;

  @TextField({ about: 'The number that `first` is shown, where the PBX lets one choose.', ...SHOWN_NUMBER })
  callerIdForFirst?: string;

  @TextField({ about: 'The number that `second` is shown.', ...SHOWN_NUMBER })
  callerIdForSecond?: string;

  @CountField({ about: 'Seconds that `first` may ring.', ...RING })
  ringSecondsFirst?: number;

  @CountField({ about: 'Seconds that `second` may ring.', ...RING })
  ringSecondsSecond?: number;

  @CountField({ about: 'Seconds that they may talk.', min: 1, max: 86_400, ...OPTIONAL })
  maxSeconds?: number;

  @FlagField({ about: 'Whether it is recorded. Left out: as the PBX is set up.', ...OPTIONAL })
  record?: boolean;

  @FlagField({ about: 'The phone of `first` answers by itself.', byDefault: false, ...OPTIONAL })
  autoAnswer?: boolean;

  @FlagField({
    about: 'Do not begin where the phone of `first` is not there. Answered 422 `order.refused` then.',
    byDefault: false,
    ...OPTIONAL,
  })
  checkDevice?: boolean;

  @TextField({ about: 'Language of the PBX’s own sentences, e.g. `he`.', max: 8, ...OPTIONAL })
  language?: string;

  @ApiProperty({ description: 'What an `announce` plays.', type: AnnouncementDto, required: false })
  @ValidateIf((_, value) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => AnnouncementDto)
  announcement?: AnnouncementDto;

  @TextField({ about: 'The room of a `conference`.', max: 64, ...OPTIONAL })
  conferenceRoom?: string;

  @ObjectField({
    about:
      `Up to ${String(MOST_ORDER_VARIABLES)} texts of up to ${String(LONGEST_ORDER_VARIABLE)} characters. The call has them in ` +
      '`customData`, beside `order_id`.',
    maxBytes: 4_096,
    example: { ticket: '4711' },
    ...OPTIONAL,
  })
  variables?: Record<string, unknown>;
}

export class OrderQueryDto extends PageQueryDto {
  @IdField({ about: 'Of one connection.', ...OPTIONAL })
  connectionId?: string;

  @ChoiceField({ about: 'In one state.', of: ORDER_STATES, ...OPTIONAL })
  state?: OrderState;

  @IdField({ about: 'Of one agent.', ...OPTIONAL })
  agentId?: string;

  @TextField({ about: 'To one number, with its country code.', max: 32, ...OPTIONAL })
  number?: string;
}

const PARTY_OR_NULL = { type: OrderPartyDto, nullable: true } as const;

export class OrderDto {
  @Shown('Stands in `customData.order_id` of the call.', SHOWN.id)
  id!: string;

  @Shown('Whose PBX was told to dial.', SHOWN.id)
  connectionId!: string;

  @Shown('By whose request API it was placed; `api` is this one.', { type: String, enum: [...ORDER_SOURCES] })
  source!: OrderSource;

  @Shown('The agent for whom it was placed.', SHOWN.idOrNull)
  agentId!: string | null;

  @Shown('What was ordered.', { type: String, enum: [...ORDER_KINDS] })
  kind!: OrderKind;

  @Shown('Who is rung first.', { type: OrderPartyDto })
  first!: OrderPartyDto;

  @Shown('Who is rung then.', PARTY_OR_NULL)
  second!: OrderPartyDto | null;

  @Shown('As they were ordered.', SHOWN.object)
  variables!: Record<string, string>;

  @Shown(
    '`sending`: the PBX has not answered yet. `accepted`: it took it. `ringing`, `answered`, `ended`: what came of the call. ' +
      '`unknown`: its answer was unclear; it is not sent again, and is being looked for. `refused`: it said no. `not_placed`: it was ' +
      'unknown, and no call came. `orphaned`: it was unknown, and cannot be found out.',
    { type: String, enum: [...ORDER_STATES] },
  )
  state!: OrderState;

  @Shown('The PBX’s id of the call, as far as it is known.', SHOWN.textOrNull)
  vendorCallId!: string | null;

  @Shown('Why, in a sentence; null where it went well.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown(
    'The PBX’s own code of a refusal; `offline` where the phone that is rung first is not there.',
    SHOWN.textOrNull,
  )
  code!: string | null;

  @Shown('When it was sent.', SHOWN.time)
  sentAt!: string;

  @Shown('When the PBX answered.', SHOWN.timeOrNull)
  settledAt!: string | null;

  @Shown('When its call ended, or it was given up.', SHOWN.timeOrNull)
  endedAt!: string | null;

  @Shown('Whose it is, where a campaign placed it.', SHOWN.idOrNull)
  campaignId!: string | null;

  @Shown('For whom, where a campaign placed it.', SHOWN.idOrNull)
  leadId!: string | null;

  @Shown('What its call came to, as the lead was told.', SHOWN.textOrNull)
  result!: string | null;
}

export class OrderPageDto extends PageDto {
  @Shown('Latest first.', { type: [OrderDto] })
  data!: OrderDto[];
}

export class OwnOrderDto {
  @TextField({ about: 'Whom to call: a phone number, or an extension.', max: 64, example: '+972502345678' })
  to!: string;

  @TextField({
    about: 'Which phone of yours is rung first. Needed where you have several.',
    max: 64,
    ...OPTIONAL,
  })
  extension?: string;

  @IdField({ about: 'Whose PBX dials. Needed where you have phones at several.', ...OPTIONAL })
  connectionId?: string;
}

export class TransferDto {
  @ChoiceField({ about: 'What it goes to.', of: ['extension', 'number', 'queue'] })
  kind!: 'extension' | 'number' | 'queue';

  @TextField({ about: 'By the PBX’s own word, or the number.', max: 64 })
  value!: string;
}

export class RecordingStateDto {
  @ChoiceField({
    about: '`on` and `off` begin and end recording; `mute` and `unmute` leave out what is not to be heard.',
    of: ['on', 'off', 'mute', 'unmute'],
  })
  state!: 'on' | 'off' | 'mute' | 'unmute';
}

export const PBX_CALL_STATES = ['ringing', 'answered'] as const;

export class PbxCallDto {
  @Shown('The PBX’s id of the call; null where it does not say.', SHOWN.textOrNull)
  vendorCallId!: string | null;

  @Shown('The extension that is in it.', SHOWN.textOrNull)
  extension!: string | null;

  @Shown('The other side, as the PBX prints it.', SHOWN.textOrNull)
  number!: string | null;

  @Shown('How far it is.', { type: String, enum: [...PBX_CALL_STATES] })
  state!: (typeof PBX_CALL_STATES)[number];

  @Shown('When it began, as far as the PBX says.', SHOWN.timeOrNull)
  startedAt!: string | null;
}

export class PbxCallsDto {
  @Shown('In no particular order.', { type: [PbxCallDto] })
  data!: PbxCallDto[];
}

export class PbxCallsQueryDto {
  @TextField({
    about: 'Of one extension. Needed where the PBX does not list the calls of all.',
    max: 64,
    optional: true,
  })
  extension?: string;
}
