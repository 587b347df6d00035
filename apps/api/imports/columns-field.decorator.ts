import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';
import { readColumn } from '#domain';

const MOST_COLUMNS = 500;

/** What the columns of a file hold, one word each; see `readColumn`. */
export function ColumnsField({ about }: { about: string; optional: true }): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    ValidateBy({
      name: 'isColumns',
      validator: {
        validate: (value: unknown) =>
          Array.isArray(value) &&
          value.length <= MOST_COLUMNS &&
          value.every((text: unknown) => typeof text === 'string' && readColumn(text) !== undefined),
        defaultMessage: () =>
          `$property must be a list of at most ${String(MOST_COLUMNS)} words like "name", "phone:mobile", "metadata:segment" or ""`,
      },
    }),
    ApiProperty({
      description: about,
      type: 'array',
      items: { type: 'string', maxLength: 80 },
      maxItems: MOST_COLUMNS,
      required: false,
      example: ['externalId', 'name', 'phone:mobile', ''],
    }),
  );
}
