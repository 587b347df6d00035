import type { Mapping } from '#dialects';
import { ObjectField, TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
const MAPPING_BYTES = 256 * 1024;
export const ABOUT_MAPPING = {
  shipped: {
    about: 'Name of a mapping that comes with this version, in the place of one that was written.',
    max: 40,
    example: 'twilio',
  },
  mapping: {
    about: 'A mapping: what the messages of the PBX mean, as data. docs/generic-dialect.md is its reference.',
    maxBytes: MAPPING_BYTES,
  },
  secrets: {
    about:
      'What signatures are checked with, by name: a text, or a list of up to four while a secret is changed, the newest first. Never shown again. ' +
      'What is left out stays; null takes one away.',
    example: { secret: ['9c0a...'] },
  },
} as const;

export class MappingPutDto {
  @TextField({ ...ABOUT_MAPPING.shipped, ...OPTIONAL })
  shipped?: string;

  @ObjectField({ ...ABOUT_MAPPING.mapping, ...OPTIONAL })
  mapping?: Record<string, unknown>;

  @ObjectField({ ...ABOUT_MAPPING.secrets, ...OPTIONAL, maxBytes: 64 * 1024 })
  secrets?: Record<string, unknown>;
}

export class ConnectionMappingDto {
  @Shown('Id of the connection.', SHOWN.id)
  connectionId!: string;

  @Shown(
    'Name of the mapping that comes with this version; null for one that was written, and for none.',
    SHOWN.textOrNull,
  )
  shipped!: string | null;

  @Shown('The mapping, also of one that comes with this version; null while there is none.', {
    ...SHOWN.object,
    nullable: true,
  })
  mapping!: Record<string, unknown> | null;

  @Shown('Names of the secrets that the mapping wants.', { type: [String], example: ['secret'] })
  needs!: string[];

  @Shown('How many of each secret are kept, by name.', {
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { secret: 1 },
  })
  secrets!: Record<string, number>;

  @Shown('When the connection was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class ShippedMappingDto {
  @Shown('Its name, as a connection gives it.', { type: String, example: 'twilio' })
  name!: string;

  @Shown("The vendor's name.", { type: String, example: 'Twilio' })
  title!: string;

  @Shown('What it was checked against, and what it leaves out.', SHOWN.textOrNull)
  about!: string | null;

  @Shown('How the PBX is set up, in the order in which it is done.', { type: [String] })
  steps!: string[];

  @Shown('Names of the secrets that it wants.', { type: [String] })
  needs!: string[];

  @Shown('All of it, to be changed and given to a connection as its own.', SHOWN.object)
  mapping!: Record<string, unknown>;
}

export class ShippedMappingListDto {
  @Shown('All of them, by name.', { type: [ShippedMappingDto] })
  data!: ShippedMappingDto[];
}

/** As a document of JSON. */
export function documentOf(mapping: Mapping): Record<string, unknown> {
  return mapping as unknown as Record<string, unknown>;
}
