import type { ApiPropertyOptions } from '@nestjs/swagger';
import type { LiveEvent, LiveMessage } from '#domain';
import { CountField } from '../http/field.decorator.js';
import { Shown } from '../http/shown.decorator.js';

const TOPICS = ['popup', 'call', 'agent', 'queue', 'campaign'];
const EVENTS = {
  type: 'array',
  items: {
    type: 'object',
    required: ['topic'],
    properties: { topic: { type: 'string', enum: TOPICS } },
    additionalProperties: true,
  },
} satisfies ApiPropertyOptions;

export class LiveQueryDto {
  @CountField({
    about: 'The number that is known. Without it everything that is now is answered.',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    optional: true,
    fromQuery: true,
  })
  after?: number;
}

export class LiveMessageDto {
  @Shown('Of the change.', { type: 'integer' })
  number!: number;

  @Shown('What follows from it.', EVENTS)
  events!: LiveEvent[];
}

export class LiveNowDto {
  @Shown('Of the last change that is in this answer: ask with it the next time.', { type: 'integer' })
  number!: number;

  @Shown('Whether `missed` is all that happened since `after`. If not, `events` is everything there is.', {
    type: Boolean,
  })
  resumed!: boolean;

  @Shown(
    'What is now: agents that are not free or said something, queues with calls, and campaigns; without `resumed` open calls and their popups too.',
    EVENTS,
  )
  events!: LiveEvent[];

  @Shown('What happened since `after`, in order.', { type: LiveMessageDto, isArray: true })
  missed!: LiveMessage[];
}
