import type { ApiPropertyOptions } from '@nestjs/swagger';
import { REASON_CODES } from '#domain';

/** How the members that `reasonOf` makes are documented. */
export const REASON_SHOWN = {
  code: { type: String, enum: [...REASON_CODES], nullable: true },
  params: { type: 'object', additionalProperties: true, nullable: true },
} satisfies Record<string, ApiPropertyOptions>;

/** Of an item that may have no words at all. */
export const REASON_SHOWN_OR_NOT: Record<keyof typeof REASON_SHOWN, ApiPropertyOptions> = {
  code: { ...REASON_SHOWN.code, required: false },
  params: { ...REASON_SHOWN.params, required: false } as unknown as ApiPropertyOptions,
};

export const REASON_ABOUT = {
  code: 'The code of these words, for programs; `other` where they are a person’s, a PBX’s or the network’s.',
  params:
    'What these words are filled with, by the code: numbers, texts, ISO times. Null where there are no words.',
} as const;
