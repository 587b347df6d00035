import { lookupNumber } from '#domain';
import { invalidRequest } from '../http/validation.pipe.js';

/**
 * The number in E.164; its other forms are looked for with it.
 *
 * @param country  ISO 3166-1 alpha-2 of a number without a country code
 * @throws AppError `request.invalid`
 */
export function readNumber(number: string, country: string | undefined): string {
  const e164 = lookupNumber(number.trim(), country?.toUpperCase() ?? '');
  if (e164 !== null) return e164;
  const message =
    'This is no valid number in E.164, like +972502345678: write it so, or say which "country" it is of';
  throw invalidRequest([{ field: 'number', message }]);
}
