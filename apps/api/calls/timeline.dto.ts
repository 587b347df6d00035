import type { ApiPropertyOptions } from '@nestjs/swagger';
import type { ReasonCode, WordParams } from '#domain';
import { REASON_ABOUT, REASON_SHOWN_OR_NOT } from '../http/reason-shown.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

export const TIMELINE_KINDS = ['receipt', 'event', 'delivery', 'attempt'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

const ONLY = { required: false } as const;
const TIMINGS = { ...SHOWN.object, ...ONLY } as unknown as ApiPropertyOptions;

/** One thing that happened. Which members there are depends on `kind`. */
export class TimelineItemDto {
  @Shown('When it came, was made or was sent.', SHOWN.time)
  at!: string;

  @Shown('A webhook that came in, an event made of it, a delivery owed, or one try at it.', {
    type: String,
    enum: [...TIMELINE_KINDS],
  })
  kind!: TimelineKind;

  @Shown('Id of the receipt, event, delivery or attempt.', SHOWN.id)
  id!: string;

  @Shown('receipt: due, done, unparsed or set_aside; delivery: due, delivered, dead or held.', {
    type: String,
    ...ONLY,
  })
  state?: string;

  @Shown('receipt, delivery: why it is in that state.', { ...SHOWN.textOrNull, ...ONLY })
  reason?: string | null;

  @Shown(REASON_ABOUT.code, REASON_SHOWN_OR_NOT.code)
  reasonCode?: ReasonCode | null;

  @Shown(REASON_ABOUT.params, REASON_SHOWN_OR_NOT.params)
  reasonParams?: WordParams | null;

  @Shown('receipt: route that it came by.', { type: String, ...ONLY })
  route?: string;

  @Shown('event, delivery: type of the event.', { type: String, ...ONLY })
  type?: string;

  @Shown('event, delivery: 1 for the first event of the call.', { type: 'integer', ...ONLY })
  sequence?: number;

  @Shown('event: when it happened to the call; a PBX may tell of it later.', { ...SHOWN.time, ...ONLY })
  occurredAt?: string;

  @Shown('event: receipt that it was made of.', { ...SHOWN.idOrNull, ...ONLY })
  receiptId?: string | null;

  @Shown('delivery: when it is tried next; null unless it is due.', { ...SHOWN.timeOrNull, ...ONLY })
  dueAt?: string | null;

  @Shown('delivery: event that is owed.', { ...SHOWN.id, ...ONLY })
  eventId?: string;

  @Shown('attempt: delivery that it was a try at.', { ...SHOWN.id, ...ONLY })
  deliveryId?: string;

  @Shown('delivery, attempt: endpoint that it goes to.', { ...SHOWN.id, ...ONLY })
  endpointId?: string;

  @Shown('attempt: 1 for the first try, and again for the first after a retry by hand.', {
    type: 'integer',
    ...ONLY,
  })
  number?: number;

  @Shown('attempt: what came of it.', { type: String, ...ONLY, example: 'delivered' })
  outcome?: string;

  @Shown('attempt: what follows, in words.', { type: String, ...ONLY })
  decision?: string;

  @Shown(REASON_ABOUT.code, REASON_SHOWN_OR_NOT.code)
  decisionCode?: ReasonCode | null;

  @Shown(REASON_ABOUT.params, REASON_SHOWN_OR_NOT.params)
  decisionParams?: WordParams | null;

  @Shown('attempt: HTTP status.', { ...SHOWN.countOrNull, ...ONLY })
  status?: number | null;

  @Shown('attempt: how long it took, in milliseconds.', { type: Number, ...ONLY })
  durationMs?: number;

  @Shown('attempt: milliseconds that each step took, as in the delivery.', TIMINGS)
  timings?: unknown;
}

export class TimelineDto {
  @Shown('In the order of time.', { type: [TimelineItemDto] })
  data!: TimelineItemDto[];
}
