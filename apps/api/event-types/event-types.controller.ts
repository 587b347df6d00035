import { Get } from '@nestjs/common';
import { For } from '../access/access.guard.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { Shown } from '../http/shown.decorator.js';
import { KNOWN_EVENT_TYPES } from './known-event-types.js';

export class EventTypeDto {
  @Shown('Name, as endpoints ask for it.', { type: String, example: 'call.ended' })
  type!: string;

  @Shown('When it is told.', { type: String })
  about!: string;
}

export class EventTypeListDto {
  @Shown('All of them.', { type: [EventTypeDto] })
  data!: EventTypeDto[];
}

@ApiController('event-types', 'Event types')
@For('either')
export class EventTypesController {
  @Get()
  @Answers(200, 'List the types of events', { type: EventTypeListDto })
  list(): EventTypeListDto {
    return { data: [...KNOWN_EVENT_TYPES] };
  }
}
