import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

const MOST_COLUMNS = 500;

/**
 * What the columns of a file hold, one word each.
 *
 * @param read  of one word: undefined where it is none
 * @param example  some that are
 */
export function ColumnsField({
  about,
  read,
  example,
}: {
  about: string;
  read: (text: string) => unknown;
  example: readonly string[];
}): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    ValidateBy({
      name: 'isColumns',
      validator: {
        validate: (value: unknown) =>
          Array.isArray(value) &&
          value.length <= MOST_COLUMNS &&
          value.every((text: unknown) => typeof text === 'string' && read(text) !== undefined),
        defaultMessage: () =>
          `$property must be a list of at most ${String(MOST_COLUMNS)} words like ${example.map((word) => `"${word}"`).join(', ')}`,
      },
    }),
    ApiProperty({
      description: about,
      type: 'array',
      items: { type: 'string', maxLength: 80 },
      maxItems: MOST_COLUMNS,
      required: false,
      example: [...example],
    }),
  );
}
