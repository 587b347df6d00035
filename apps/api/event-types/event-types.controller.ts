import { Get } from '@nestjs/common';
import { For, May } from '../access/access.guard.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { KNOWN_EVENT_TYPES } from './known-event-types.js';

export class EventTypeDto {
  @Shown('Name, as endpoints ask for it.', { type: String, example: 'call.ended' })
  type!: string;

  @Shown('When it is told.', { type: String })
  description!: string;

  @Shown('Of the schema: grows when a member changes its meaning or goes, not when one is added.', {
    type: 'integer',
    example: 1,
  })
  version!: number;

  @Shown("JSON Schema (2020-12) of the event's `data`.", SHOWN.object)
  schema!: Record<string, unknown>;

  @Shown('`data` as it could be.', SHOWN.object)
  example!: Record<string, unknown>;
}

export class EventTypeListDto {
  @Shown('All of them.', { type: [EventTypeDto] })
  data!: EventTypeDto[];
}

@ApiController('event-types', 'Event types')
@May('see')
@For('either')
export class EventTypesController {
  @Get()
  @Answers(200, 'List the types of events', { type: EventTypeListDto })
  list(): EventTypeListDto {
    return { data: [...KNOWN_EVENT_TYPES] };
  }
}
