import { TELLING_CODES, type TellingCode, type WordParams } from '#domain';
import { IdField } from '../../http/field.decorator.js';
import { SHOWN, Shown } from '../../http/shown.decorator.js';

export class TellingQueryDto {
  @IdField({ about: 'The event to explain. This or `callId`.', optional: true })
  eventId?: string;

  @IdField({ about: 'Explains every event of this call. This or `eventId`.', optional: true })
  callId?: string;
}

export class TellingDto {
  @Shown('The event.', SHOWN.id)
  eventId!: string;

  @Shown('Type of the event.', { type: String, example: 'call.ended' })
  type!: string;

  @Shown('1 for the first event of the call; 0 for an event without a call.', { type: 'integer' })
  sequence!: number;

  @Shown('Whether the endpoint has got it.', { type: Boolean })
  told!: boolean;

  @Shown('Why, or why not, in words.', {
    type: String,
    example: 'The endpoint asks for call.ringing, and that does not take call.ended.',
  })
  because!: string;

  @Shown('The same for programs.', { type: String, enum: [...TELLING_CODES] })
  code!: TellingCode;

  @Shown('What the words are filled with, by the code: numbers, texts, ISO times.', SHOWN.object)
  params!: WordParams;

  @Shown('The newest delivery of it to this endpoint.', SHOWN.idOrNull)
  deliveryId!: string | null;
}

export class TellingsDto {
  @Shown('In the order of the call.', { type: [TellingDto] })
  data!: TellingDto[];
}
