import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** Documents a member of an answer. */
export function Shown(about: string, options: ApiPropertyOptions = {}): PropertyDecorator {
  return ApiProperty({ description: about, required: true, ...options } as ApiPropertyOptions);
}

/** The schemas that members of answers have again and again. */
export const SHOWN = {
  id: { type: String, format: 'uuid', example: '019a9e5c-7a00-7000-8000-000000000000' },
  idOrNull: { type: String, format: 'uuid', nullable: true, example: '019a9e5c-7a00-7000-8000-000000000000' },
  time: { type: String, format: 'date-time', example: '2026-11-21T09:30:00.000Z' },
  timeOrNull: { type: String, format: 'date-time', nullable: true, example: '2026-11-21T09:30:00.000Z' },
  textOrNull: { type: String, nullable: true },
  countOrNull: { type: 'integer', nullable: true },
  object: { type: 'object', additionalProperties: true },
} as const satisfies Record<string, ApiPropertyOptions>;
