/**
 * A member of a request with its rule and its documentation in one place: what is checked is what is documented.
 * "optional" means that it may be left out; null is refused unless it is "nullable".
 */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
} from 'class-validator';
import { IsSmallObject } from './is-small-object.js';
import { isVisible } from './is-visible.js';
import { readInstant } from './read-instant.js';

interface FieldOptions {
  about: string;
  example?: unknown;
  optional?: boolean;
  nullable?: boolean;
  /** For the documentation; the code that reads the member applies it. */
  byDefault?: unknown;
}

function presence(options: FieldOptions): PropertyDecorator[] {
  const { optional = false, nullable = false } = options;
  if (!optional && !nullable) return [];
  const skipped = (value: unknown) => (optional && value === undefined) || (nullable && value === null);
  return [ValidateIf((_, value: unknown) => !skipped(value))];
}

function documented(options: FieldOptions, schema: Record<string, unknown>): PropertyDecorator {
  return ApiProperty({
    description: options.about,
    required: !(options.optional ?? false),
    ...(options.nullable ? { nullable: true } : {}),
    ...(options.example === undefined ? {} : { example: options.example }),
    ...(options.byDefault === undefined ? {} : { default: options.byDefault }),
    ...schema,
  });
}

/** Not only blanks and marks that nobody sees. */
function IsVisible(): PropertyDecorator {
  return ValidateBy({
    name: 'isVisible',
    validator: { validate: isVisible, defaultMessage: () => '$property must hold more than blanks' },
  });
}

/** Text of `min` (1) to `max` characters, of which one can be seen unless it may be empty. */
export function TextField(
  options: FieldOptions & { min?: number; max: number; pattern?: RegExp },
): PropertyDecorator {
  const { min = 1, max, pattern } = options;
  return applyDecorators(
    ...presence(options),
    IsString(),
    MinLength(min),
    MaxLength(max),
    ...(min === 0 ? [] : [IsVisible()]),
    ...(pattern === undefined ? [] : [Matches(pattern)]),
    documented(options, {
      type: String,
      minLength: min,
      maxLength: max,
      ...(pattern === undefined ? {} : { pattern: plainPattern(pattern) }),
    }),
  );
}

/** For the documentation: readers of it in other languages know no classes of Unicode. */
function plainPattern({ source }: RegExp): string {
  const control = String.raw`\x00-\x1f\x7f-\x9f`;
  return source.replaceAll(String.raw`\P{Cc}`, `[^${control}]`).replaceAll(String.raw`\p{Cc}`, control);
}

/** Whole number. `fromQuery` reads it from text. */
export function CountField(
  options: FieldOptions & { min: number; max: number; fromQuery?: boolean },
): PropertyDecorator {
  const { min, max } = options;
  return applyDecorators(
    ...presence(options),
    ...(options.fromQuery ? [Transform(({ value }: { value: unknown }) => countOf(value))] : []),
    IsInt(),
    Min(min),
    Max(max),
    documented(options, { type: 'integer', minimum: min, maximum: max }),
  );
}

/** Text of digits as a number; everything else as it is, to be refused. */
function countOf(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

/** True or false. `fromQuery` reads the words `true` and `false`. */
export function FlagField(options: FieldOptions & { fromQuery?: boolean }): PropertyDecorator {
  const words: Record<string, boolean> = { true: true, false: false };
  const read = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? (words[value] ?? value) : value,
  );
  return applyDecorators(
    ...presence(options),
    ...(options.fromQuery ? [read] : []),
    IsBoolean(),
    documented(options, { type: Boolean }),
  );
}

export function ChoiceField(options: FieldOptions & { of: readonly string[] }): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsIn([...options.of]),
    documented(options, { type: String, enum: [...options.of] }),
  );
}

/** List of words out of a fixed set. `fromQuery` reads one word or the same parameter several times. */
export function ChoicesField(
  options: FieldOptions & { of: readonly string[]; fromQuery?: boolean },
): PropertyDecorator {
  const read = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value));
  return applyDecorators(
    ...presence(options),
    ...(options.fromQuery ? [read] : []),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(options.of.length),
    IsIn([...options.of], { each: true }),
    documented(options, { type: String, isArray: true, enum: [...options.of] }),
  );
}

/** List of different texts of one pattern, at most `most`. */
export function TextsField(options: FieldOptions & { most: number; pattern: RegExp }): PropertyDecorator {
  const { most, pattern } = options;
  return applyDecorators(
    ...presence(options),
    IsArray(),
    ArrayMaxSize(most),
    ArrayUnique(),
    Matches(pattern, { each: true }),
    documented(options, {
      type: 'array',
      maxItems: most,
      uniqueItems: true,
      items: { type: 'string', pattern: pattern.source },
    }),
  );
}

/** A date and time with its offset from UTC, as `readInstant` reads it. It stays text; `readTime` makes an instant of it. */
export function TimeField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: (value: unknown) => readInstant(value).ok,
        defaultMessage: (args?: ValidationArguments) => {
          const reading = readInstant(args?.value);
          return reading.ok ? '' : `$property ${reading.problem}`;
        },
      },
    }),
    documented({ example: '2026-11-21T09:30:00Z', ...options }, { type: String, format: 'date-time' }),
  );
}

export function IdField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsUUID(),
    documented(
      { example: '019a9e5c-7a00-7000-8000-000000000000', ...options },
      { type: String, format: 'uuid' },
    ),
  );
}

/** Ids, each once. */
export function IdsField(options: FieldOptions & { most: number }): PropertyDecorator {
  const { most } = options;
  return applyDecorators(
    ...presence(options),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(most),
    ArrayUnique(),
    IsUUID(undefined, { each: true }),
    documented(
      { example: ['019a9e5c-7a00-7000-8000-000000000000'], ...options },
      {
        type: 'array',
        minItems: 1,
        maxItems: most,
        uniqueItems: true,
        items: { type: 'string', format: 'uuid' },
      },
    ),
  );
}

/** A JSON object of the caller's own, small enough to be kept with a row: 8 KiB unless told otherwise. */
export function ObjectField(options: FieldOptions & { maxBytes?: number }): PropertyDecorator {
  return applyDecorators(
    ...presence(options),
    IsSmallObject(options.maxBytes),
    documented(options, { type: 'object', additionalProperties: true }),
  );
}
