import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';
import { isVisible } from '../http/is-visible.js';

/** An id of a contact in another system. */
export interface GivenExternalId {
  source: string;
  id: string;
}

const MOST = 20;
/** A word that can stand in a URL. */
export const SOURCE_NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;
const LONGEST_ID = 200;

export const EXTERNAL_IDS_ABOUT = 'Its ids in several systems. In each, no two contacts have the same.';

/** Up to 20 ids in other systems; those that are given replace all. */
export function ExternalIdsField(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    ValidateBy({
      name: 'isExternalIds',
      validator: {
        validate: (value: unknown) =>
          Array.isArray(value) && value.length <= MOST && value.every(isExternalId),
        defaultMessage: () =>
          `$property must be a list of at most ${String(MOST)} objects like {"source": "hubspot", "id": "4711"}; a source is a word of small letters, digits, ".", "_" and "-"`,
      },
    }),
    ApiProperty({
      description: EXTERNAL_IDS_ABOUT,
      type: 'array',
      maxItems: MOST,
      required: false,
      items: {
        type: 'object',
        required: ['source', 'id'],
        properties: {
          source: { type: 'string', pattern: SOURCE_NAME.source },
          id: { type: 'string', minLength: 1, maxLength: LONGEST_ID },
        },
      },
      example: [{ source: 'hubspot', id: '4711' }],
    }),
  );
}

function isExternalId(value: unknown): value is GivenExternalId {
  if (typeof value !== 'object' || value === null) return false;
  const { source, id, ...more } = value as Record<string, unknown>;
  const isSource = typeof source === 'string' && SOURCE_NAME.test(source);
  return isSource && isVisible(id) && id.length <= LONGEST_ID && Object.keys(more).length === 0;
}
