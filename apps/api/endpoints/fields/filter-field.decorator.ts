import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';
import { readEndpointFilter } from '#domain';
import { IsSmallObject } from '../../http/is-small-object.js';

export const FILTER_ABOUT =
  'Of these events only those that meet all of it: `directions`, `extensions`, `queues` (ids or names), which are asked of ' +
  'events of calls only, and `payload`, conditions on the data of every event in the language of simple-json-match (without ' +
  '$ref). Null: all.';

export const FILTER_EXAMPLE = {
  directions: ['inbound'],
  payload: { talkSeconds: { $gte: 30 } },
};

export function FilterField(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined && value !== null),
    IsSmallObject(),
    ValidateBy({
      name: 'isEndpointFilter',
      validator: {
        validate: (value: unknown) => readEndpointFilter(value).ok,
        defaultMessage: (args?: ValidationArguments) => {
          const reading = readEndpointFilter(args?.value);
          return reading.ok ? '' : reading.problem;
        },
      },
    }),
    ApiPropertyOptional({
      description: FILTER_ABOUT,
      type: 'object',
      additionalProperties: true,
      nullable: true,
      example: FILTER_EXAMPLE,
    }),
  );
}
