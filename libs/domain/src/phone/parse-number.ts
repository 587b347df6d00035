import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';

/** @param country  whose number it is where the text has no plus */
export function parseNumber(text: string, country?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, country);
}

/** The number of a text with a plus, where the metadata knows it. */
export function validNumber(text: string): PhoneNumber | undefined {
  const number = parseNumber(text);
  return number?.isValid() === true ? number : undefined;
}
