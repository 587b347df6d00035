import { REPLAY_STATUSES, type ReasonCode, type ReplayStatus, type WordParams } from '#domain';
import { REPLAY_KINDS, REPLAY_STATES, type ReplayKind, type ReplayState } from '#db';
import { EventTypesField } from '../endpoints/fields/event-types-field.decorator.js';
import { ChoiceField, CountField, IdField, TextField, TimeField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { REASON_ABOUT, REASON_SHOWN } from '../http/reason-shown.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { EndpointIdsField } from './endpoint-ids-field.decorator.js';

const OPTIONAL = { optional: true } as const;

/** The kinds that can be ordered; `held` comes of enabling an endpoint. */
export const ORDERED_KINDS = ['failed', 'missed', 'events'] as const satisfies readonly ReplayKind[];
export type OrderedKind = (typeof ORDERED_KINDS)[number];

const RATE = { min: 60, max: 600_000, byDefault: 3_000 } as const;
export const DEFAULT_REPLAY_RATE = RATE.byDefault;

/** Which events a replay is about. */
export class ReplaySelectionDto {
  @TimeField({ about: 'Events made then or later; at most as old as the log is kept.' })
  from!: string;

  @TimeField({ about: 'Events made before then. Default: now.', ...OPTIONAL })
  to?: string;

  @EventTypesField({ optional: true })
  eventTypes?: string[];

  @EndpointIdsField()
  endpointIds?: string[];

  @TextField({
    about: 'Part of the number of the party outside, in international form.',
    max: 30,
    pattern: /\d/,
    example: '+972502345678',
    ...OPTIONAL,
  })
  number?: string;

  @IdField({ about: 'Events of this call.', ...OPTIONAL })
  callId?: string;

  @TextField({ about: 'Words in the reason of what failed.', max: 200, example: 'answered 422', ...OPTIONAL })
  reason?: string;
}

export class NewReplayDto extends ReplaySelectionDto {
  @ChoiceField({
    about:
      'failed: what is dead at an endpoint; missed: what one endpoint was never sent although it asks for it; events: by `status`.',
    of: ORDERED_KINDS,
  })
  kind!: OrderedKind;

  @ChoiceField({
    about:
      'With the kind `events`: what became of the event at an endpoint. What still waits is never replayed.',
    of: REPLAY_STATUSES,
    byDefault: 'any',
    ...OPTIONAL,
  })
  status?: ReplayStatus;

  @CountField({ about: 'Most deliveries made in a minute.', ...RATE, ...OPTIONAL })
  ratePerMinute?: number;
}

export class BulkRetryDto extends ReplaySelectionDto {
  @CountField({ about: 'Most deliveries made in a minute.', ...RATE, ...OPTIONAL })
  ratePerMinute?: number;
}

export class ReplayQueryDto extends PageQueryDto {
  @ChoiceField({ about: 'Only those in this state.', of: REPLAY_STATES, ...OPTIONAL })
  state?: ReplayState;

  @IdField({ about: 'Only those for this endpoint alone.', ...OPTIONAL })
  endpointId?: string;
}

export class ReplayCountDto {
  @Shown('Deliveries that would be made.', { type: 'integer' })
  total!: number;

  @Shown('False when there was too much to count: there are at least so many.', { type: Boolean })
  exact!: boolean;
}

export class ReplayDto {
  @Shown('Id of the replay; the `switchhook-replay` header of what it sends.', SHOWN.id)
  id!: string;

  @Shown('What it is about; held: what an endpoint was owed when it was enabled.', {
    type: String,
    enum: [...REPLAY_KINDS],
  })
  kind!: ReplayKind;

  @Shown('Endpoint, where it concerns only one.', SHOWN.idOrNull)
  endpointId!: string | null;

  @Shown('Which events.', SHOWN.object)
  filter!: unknown;

  @Shown('Most deliveries made in a minute.', { type: 'integer' })
  ratePerMinute!: number;

  @Shown('done: every delivery was made; cancelling: what was not tried yet is being skipped.', {
    type: String,
    enum: [...REPLAY_STATES],
  })
  state!: ReplayState;

  @Shown('Deliveries to make, as counted at first.', { type: 'integer' })
  total!: number;

  @Shown('False when there was too much to count: there are at least so many.', { type: Boolean })
  totalExact!: boolean;

  @Shown('Deliveries made so far.', { type: 'integer' })
  queued!: number;

  @Shown('Why it ended early.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown(REASON_ABOUT.code, REASON_SHOWN.code)
  reasonCode!: ReasonCode | null;

  @Shown(REASON_ABOUT.params, REASON_SHOWN.params)
  reasonParams!: WordParams | null;

  @Shown('Id of who ordered it: an API key, a person or a portal session.', { type: String })
  createdBy!: string;

  @Shown('When it was ordered.', SHOWN.time)
  createdAt!: string;

  @Shown('When it last got on.', SHOWN.time)
  updatedAt!: string;

  @Shown('When the last delivery was made, or the cancelling was over.', SHOWN.timeOrNull)
  finishedAt!: string | null;
}

export class ReplayDetailDto extends ReplayDto {
  @Shown('Of its deliveries, those delivered.', { type: 'integer' })
  delivered!: number;

  @Shown('Those given up.', { type: 'integer' })
  dead!: number;

  @Shown('Those skipped.', { type: 'integer' })
  skipped!: number;

  @Shown('Those that wait, also for a further try or for their endpoint.', { type: 'integer' })
  waiting!: number;
}

export class ReplayPageDto extends PageDto {
  @Shown('Newest first.', { type: [ReplayDto] })
  data!: ReplayDto[];
}
