import { localDigits } from '#domain';
import type { DriverAccount } from './driver.js';

/** What is dialled before a number of another country where nothing else is known (ITU-T E.123). */
const ABROAD = '00';

/**
 * What a PBX is told to dial.
 *
 * @param value  E.164 with its plus; anything else (an extension, a service code) is dialled as it was said
 */
export function dialledDigits(
  value: string,
  { numbers, country }: Pick<DriverAccount, 'numbers' | 'country'>,
): string {
  if (!value.startsWith('+')) return value;
  const digits = value.slice(1);
  switch (numbers) {
    case 'e164':
      return digits;
    case 'e164_plus':
      return value;
    case 'local':
      return localDigits(value, country) ?? ABROAD + digits;
  }
}
