import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, ValidateBy, ValidateIf } from 'class-validator';
import { isIP } from 'node:net';
import { readUrl } from '#domain';
import { parseCidr } from '#platform';

const MOST = 50;

interface ListOptions {
  about: string;
  example: string[];
  isOne: (value: unknown) => boolean;
  must: string;
}

function ListField({ about, example, isOne, must }: ListOptions): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    IsArray(),
    ArrayMaxSize(MOST),
    ArrayUnique(),
    ValidateBy(
      {
        name: 'isOne',
        validator: { validate: isOne, defaultMessage: () => `each of $property must be ${must}` },
      },
      { each: true },
    ),
    ApiProperty({
      description: about,
      type: 'array',
      items: { type: 'string' },
      required: false,
      maxItems: MOST,
      uniqueItems: true,
      example,
    }),
  );
}

export function NetworksField(about: string): PropertyDecorator {
  const must = 'an IP address, or a network such as 192.0.2.0/24 or 2001:db8::/32';
  return ListField({ about, example: ['192.0.2.0/24'], isOne: isNetwork, must });
}

export function OriginsField(about: string): PropertyDecorator {
  const must = 'an origin such as https://crm.example.com, in lower case and without a path';
  return ListField({ about, example: ['https://crm.example.com'], isOne: isOrigin, must });
}

export function isNetwork(value: unknown): boolean {
  if (typeof value !== 'string' || value.includes('%') || value.trim() !== value) return false;
  if (isIP(value) !== 0) return true;
  try {
    parseCidr(value);
    return true;
  } catch {
    return false;
  }
}

export function isOrigin(value: unknown): boolean {
  // An asterisk would be a part of a host's name to the parser, and would match nothing.
  if (typeof value !== 'string' || value.includes('*')) return false;
  const url = readUrl(value);
  return url?.protocol === 'https:' && url.origin === value;
}
