import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';
import { MAX_DELAY_MS, MAX_TRIES, validateSchedule } from '#domain';

export const SCHEDULE_ABOUT =
  'Waits before each try in milliseconds; as many tries as entries. Null: the default, 12 tries over about three days.';

/** A retry schedule, or null for the default one. */
export function ScheduleField(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined && value !== null),
    ValidateBy({
      name: 'isSchedule',
      validator: {
        validate: (value: unknown) => validateSchedule(value).ok,
        defaultMessage: (args?: ValidationArguments) => {
          const reading = validateSchedule(args?.value);
          return reading.ok ? '' : reading.problem;
        },
      },
    }),
    ApiProperty({
      description: SCHEDULE_ABOUT,
      type: 'array',
      items: { type: 'integer', minimum: 0, maximum: MAX_DELAY_MS },
      minItems: 1,
      maxItems: MAX_TRIES,
      nullable: true,
      required: false,
      example: [0, 5_000, 60_000],
    }),
  );
}
