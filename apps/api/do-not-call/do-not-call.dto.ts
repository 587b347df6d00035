import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsISO31661Alpha2 } from 'class-validator';
import { FlagField, TextField, TimeField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

export const MOST_AT_ONCE = 10_000;
export const LONGEST_NUMBER = 64;
export const LONGEST_NAME = 200;

const ABOUT = {
  number: 'In E.164, under the form that stands for all forms of the number.',
  name: 'Whose it is, or why it is here.',
} as const;

function CountryField(): PropertyDecorator {
  return applyDecorators(
    TextField({
      about: 'ISO 3166-1 alpha-2: numbers without a country code are of this one.',
      max: 2,
      example: 'IL',
      optional: true,
    }),
    IsISO31661Alpha2(),
  );
}

/** Up to as many as are taken at once. Each is read by itself: one that is wrong costs none of the others. */
function RowsField(items: object, example: unknown[]): PropertyDecorator {
  return applyDecorators(
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MOST_AT_ONCE),
    ApiProperty({
      description:
        'Up to 10,000. One that cannot be read is answered with a reason, and costs none of the others.',
      type: 'array',
      minItems: 1,
      maxItems: MOST_AT_ONCE,
      items,
      example,
    }),
  );
}

export class DoNotCallQueryDto extends PageQueryDto {
  @TextField({
    about: 'Only numbers that begin so, in E.164; the plus may be left out.',
    max: 16,
    pattern: /^\+?\d{1,15}$/,
    example: '97250',
    optional: true,
  })
  prefix?: string;
}

export class ListedNumberQueryDto {
  @CountryField()
  country?: string;
}

class NewListedNumberDto {
  @Shown('In any spelling.', { type: String, maxLength: LONGEST_NUMBER, example: '050-234-5678' })
  number!: string;

  @Shown(ABOUT.name, { type: String, maxLength: LONGEST_NAME, nullable: true, required: false })
  name?: string | null;
}

@ApiExtraModels(NewListedNumberDto)
export class NewListedNumbersDto {
  @CountryField()
  country?: string;

  @RowsField({ $ref: getSchemaPath(NewListedNumberDto) }, [{ number: '+972502345678', name: 'Asked not to' }])
  numbers!: unknown[];
}

export class UnlistedNumbersDto {
  @CountryField()
  country?: string;

  @RowsField({ type: 'string', minLength: 1, maxLength: LONGEST_NUMBER }, ['+972502345678'])
  numbers!: unknown[];
}

export class RegistryAnswersDto {
  @CountryField()
  country?: string;

  @FlagField({ about: 'Whether the registry has these numbers on it.' })
  listed!: boolean;

  @TimeField({
    about: 'When it was asked; now, where it is left out. What was said later stays.',
    optional: true,
  })
  askedAt?: string;

  @RowsField({ type: 'string', minLength: 1, maxLength: LONGEST_NUMBER }, ['+972502345678'])
  numbers!: unknown[];
}

class RefusedNumberDto {
  @Shown('Its place in the list, from 0.', { type: 'integer' })
  index!: number;

  @Shown('Why it could not be read.', { type: String })
  reason!: string;
}

export class ListedDto {
  @Shown('How many are on the list now that were not before.', { type: 'integer' })
  added!: number;

  @Shown('How many were on it already, or came twice.', { type: 'integer' })
  unchanged!: number;

  @Shown('Those that could not be read.', { type: [RefusedNumberDto] })
  refused!: RefusedNumberDto[];
}

export class RegistryKeptDto {
  @Shown('How many answers were kept; one that came twice counts twice.', { type: 'integer' })
  kept!: number;

  @Shown('Those that could not be read.', { type: [RefusedNumberDto] })
  refused!: RefusedNumberDto[];
}

export class UnlistedDto {
  @Shown('How many were taken off the list.', { type: 'integer' })
  removed!: number;

  @Shown('How many were not on it, or came twice.', { type: 'integer' })
  unchanged!: number;

  @Shown('Those that could not be read.', { type: [RefusedNumberDto] })
  refused!: RefusedNumberDto[];
}

export class ListedNumberDto {
  @Shown(ABOUT.number, { type: String, example: '+972502345678' })
  number!: string;

  @Shown(ABOUT.name, SHOWN.textOrNull)
  name!: string | null;

  @Shown('By whose API it came: `api` is this one.', { type: String, example: 'api' })
  source!: string;

  @Shown('Since when it is on the list.', SHOWN.time)
  createdAt!: string;
}

export class ListedNumberPageDto extends PageDto {
  @Shown('In the order of the numbers.', { type: [ListedNumberDto] })
  data!: ListedNumberDto[];
}
