import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

const MOST_HEADERS = 10;
const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;
const VALUE = /^[\x20-\x7e]{0,1024}$/;
/** Made by us; `webhook-*` is the signature. */
const OURS =
  /^(host|connection|content-length|content-type|transfer-encoding|te|trailer|upgrade|expect|user-agent|webhook-.*)$/i;

const HEADERS_SCHEMA: Record<string, unknown> = { type: 'object', additionalProperties: { type: 'string' } };

/** Header fields by their names; may be left out. */
export function HeadersField(about: string): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    ValidateBy({
      name: 'areHeaders',
      validator: {
        validate: areHeaders,
        defaultMessage: () =>
          `$property must be at most ${MOST_HEADERS} header names with texts of printable ASCII; ours cannot be set`,
      },
    }),
    ApiProperty({
      description: about,
      required: false,
      ...HEADERS_SCHEMA,
      example: { authorization: 'Bearer ...' },
    }),
  );
}

export function areHeaders(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  const isFine = ([name, text]: [string, unknown]) =>
    NAME.test(name) && !OURS.test(name) && typeof text === 'string' && VALUE.test(text);
  return entries.length <= MOST_HEADERS && entries.every(isFine);
}
