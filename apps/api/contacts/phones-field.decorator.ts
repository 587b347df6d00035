import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';
import { PHONE_KINDS, type PhoneKind } from '#domain';
import { isVisible } from '../http/is-visible.js';

/** A number as a tenant gives it. */
export interface GivenPhone {
  number: string;
  label?: string;
  kind?: PhoneKind;
}

const MOST_PHONES = 50;
const LONGEST = 64;

export const PHONES_ABOUT = 'Numbers that this contact calls from. Several contacts may have the same one.';

/** Up to 50 numbers in any spelling, each with a label or without. Whether they are numbers is checked with the country. */
export function PhonesField(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    ValidateBy({
      name: 'isPhones',
      validator: {
        validate: (value: unknown) =>
          Array.isArray(value) && value.length <= MOST_PHONES && value.every(isGivenPhone),
        defaultMessage: () =>
          `$property must be a list of at most ${String(MOST_PHONES)} objects like {"number": "+972502345678", "label": "my own word", "kind": "${PHONE_KINDS.join('|')}"}`,
      },
    }),
    ApiProperty({
      description: PHONES_ABOUT,
      type: 'array',
      maxItems: MOST_PHONES,
      required: false,
      items: {
        type: 'object',
        required: ['number'],
        properties: {
          number: { type: 'string', minLength: 1, maxLength: LONGEST },
          label: { type: 'string', minLength: 1, maxLength: LONGEST },
          kind: { type: 'string', enum: [...PHONE_KINDS] },
        },
      },
      example: [{ number: '+972502345678', label: 'mobile' }],
    }),
  );
}

function isGivenPhone(value: unknown): value is GivenPhone {
  if (typeof value !== 'object' || value === null) return false;
  const { number, label, kind, ...more } = value as Record<string, unknown>;
  const isKind = kind === undefined || PHONE_KINDS.some((known) => known === kind);
  return isText(number) && (label === undefined || isText(label)) && isKind && Object.keys(more).length === 0;
}

function isText(value: unknown): value is string {
  return isVisible(value) && value.length <= LONGEST;
}
