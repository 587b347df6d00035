import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateBy, ValidateIf } from 'class-validator';
import { matchesEventType } from '#domain';
import { KNOWN_EVENT_TYPES } from '../../event-types/known-event-types.js';

const MOST = 50;

export const EVENT_TYPES_ABOUT =
  'Which events: exact names, prefixes with a wildcard such as `call.*`, or `*`, which is every event but those about endpoints, ' +
  'connections and keys themselves.';

/** A pattern that takes at least one event that there is; a slip of the pen would otherwise wait for ever. */
export function isUsefulPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false;
  return KNOWN_EVENT_TYPES.some(({ type }) => matchesEventType([pattern], type));
}

export function EventTypesField({ optional }: { optional: boolean }): PropertyDecorator {
  return applyDecorators(
    ...(optional ? [ValidateIf((_, value: unknown) => value !== undefined)] : []),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MOST),
    ValidateBy(
      {
        name: 'isUsefulPattern',
        validator: {
          validate: isUsefulPattern,
          defaultMessage: () => 'each of $property must take an event of GET /v1/event-types',
        },
      },
      { each: true },
    ),
    ApiProperty({
      description: EVENT_TYPES_ABOUT,
      type: String,
      isArray: true,
      minItems: 1,
      maxItems: MOST,
      required: !optional,
      example: ['call.*'],
    }),
  );
}
