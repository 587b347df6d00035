import { rawText, text } from './scalars.js';

const LOST_PLUS = /^ {1,2}(?=[(\d])/;

/** A number without white space around it, except in front of digits: there a form may have lost its plus to a blank. */
export function numberText(value: unknown): string | null {
  const trimmed = text(value);
  const [blank = ''] = LOST_PLUS.exec(rawText(value)) ?? [];
  return trimmed === null ? null : blank + trimmed;
}
