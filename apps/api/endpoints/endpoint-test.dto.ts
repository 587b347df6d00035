import { KNOWN_EVENT_TYPES, TEST_EVENT_TYPE, type KnownEventType } from '../event-types/known-event-types.js';
import { ChoiceField, IdField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

export class EndpointTestDto {
  @ChoiceField({
    about: 'Which type of event is sent; `/v1/event-types` shows a sample of each. It need not ask for it.',
    of: KNOWN_EVENT_TYPES.map(({ type }) => type),
    byDefault: TEST_EVENT_TYPE,
    optional: true,
  })
  type?: KnownEventType['type'];

  @IdField({
    about:
      'Together with `type`: in place of a sample, the last event of this type that this call of yours had.',
    optional: true,
  })
  callId?: string;
}

export class TestSentDto {
  @Shown('The delivery to look at: it has the attempts.', SHOWN.id)
  deliveryId!: string;

  @Shown('The event that was made for it.', SHOWN.id)
  eventId!: string;

  @Shown('Type of the event.', { type: String, example: 'call.missed' })
  type!: string;
}
