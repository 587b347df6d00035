import { lookupNumber, phoneKindOf, type ContactPhone } from '#domain';
import { invalidRequest } from '../http/validation.pipe.js';
import type { GivenPhone } from './phones-field.decorator.js';

/**
 * The numbers in E.164, each once, as given first. A number that its country could have and nobody knows yet is one, too.
 *
 * The kind of a number that none is said of is that of its label, where this is the word for one.
 *
 * @param country  ISO 3166-1 alpha-2 of numbers without a country code; undefined when all have one
 * @throws AppError `request.invalid` that names each number that is none
 */
export function readPhones(phones: readonly GivenPhone[], country: string | undefined): ContactPhone[] {
  const home = country?.toUpperCase() ?? '';
  const byE164 = new Map<string, ContactPhone>();
  const faults: { field: string; message: string }[] = [];
  phones.forEach(({ number, label = null, kind }, at) => {
    const e164 = lookupNumber(number.trim(), home);
    if (e164 === null) faults.push({ field: `phones.${String(at)}.number`, message: messageFor(home) });
    else if (!byE164.has(e164)) byE164.set(e164, { e164, label, kind: kind ?? phoneKindOf(label) });
  });
  if (faults.length > 0) throw invalidRequest(faults);
  return [...byE164.values()];
}

function messageFor(home: string): string {
  return home === ''
    ? 'This is no valid number in E.164, like +972502345678: write it so, or say which "country" it is of'
    : `This is no valid number of ${home}, nor one in E.164, like +972502345678`;
}
