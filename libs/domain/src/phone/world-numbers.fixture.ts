/** Valid numbers of every country, and the ways in which people and machines write one. For tests and measurements. */
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';

export const COUNTRIES: readonly CountryCode[] = getCountries();

/** Always the same ones: a property that fails once fails again. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The country's example of a mobile and numbers near it and further away that are valid there. */
export function validNumbers(country: CountryCode, count: number, roll = dice(7)): PhoneNumber[] {
  const example = examples[country];
  const numbers = new Map<string, PhoneNumber>();
  for (let tries = 0; tries < count * 30 && numbers.size < count; tries += 1) {
    const kept = tries === 0 ? example.length : roll(example.length);
    const national =
      example.slice(0, kept) + anyDigits(example.length - kept + (tries % 5 === 4 ? roll(3) - 1 : 0), roll);
    const number = parsePhoneNumberFromString(national, { defaultCountry: country, extract: false });
    if (number?.isValid() === true && number.country === country) numbers.set(number.number, number);
  }
  return [...numbers.values()];
}

export function anyDigits(length: number, roll: (below: number) => number): string {
  return Array.from({ length: Math.max(0, length) }, () => String(roll(10))).join('');
}

/** Spellings that say which country's number it is: read alike wherever they are read. */
export function markedSpellings(number: PhoneNumber): string[] {
  const { number: e164 } = number;
  const digits = e164.slice(1);
  const spaced = number.formatInternational();
  return [
    e164,
    spaced,
    spaced.replaceAll(' ', '-'),
    spaced.replaceAll(' ', '\u2011'),
    spaced.replaceAll(' ', '\u00a0'),
    spaced.replaceAll(' ', '.'),
    number.getURI(),
    ` ${digits}`,
    ` ${spaced.slice(1)}`,
    `  ${digits}`,
    `++${digits}`,
    `+ ${digits}`,
    `(+${number.countryCallingCode})${number.nationalNumber}`,
    `+(${number.countryCallingCode}) ${number.nationalNumber}`,
    `%2B${digits}`,
    `%252B${digits}`,
    `\uff0b${inScript(digits, 0xff10)}`,
    `+${inScript(digits, 0x0660)}`,
    `+${inScript(digits, 0x06f0)}`,
    `+${inScript(digits, 0x0966)}`,
    `\u200e${e164}\u200f`,
    `\u2068${spaced}\u2069`,
    `\ufeff${e164}`,
    `+${[...digits].join('\u200b')}`,
    `sip:${e164}@pbx.example`,
    `sips:${e164}@pbx.example:5061;transport=tls`,
    `sip:${e164}@pbx.example;user=phone`,
    `sip%3A%2B${digits}%40pbx.example`,
    `"John Doe" <${e164}>`,
    `John Doe <sip:${e164}@pbx.example>`,
    `<${e164}>`,
    `tel:${e164}`,
    `callto:${e164}`,
    `tel:${e164};ext=12`,
    `${e164} x12`,
    `${e164} ext. 12`,
    `${e164};ext=12`,
    `${e164},,12`,
    `${e164}#12`,
    `Local/${e164}@from-internal-00000a3f;1`,
    ` ${e164}`,
    `${e164} `,
    `"${e164}"`,
    `Dana ${e164}`,
    `mobile: ${e164}`,
    `${spaced} (Dana)`,
    `נייד: ${e164}`,
    `whatsapp:${e164}`,
    `${e164}#`,
    `${e164}:5060`,
    `${e164};npdi`,
    `+${inSuperscript(digits)}`,
    spaced.replaceAll(' ', '+'),
    spaced.replaceAll(' ', '&nbsp;'),
  ];
}

/** Spellings of those at home. */
export function homeSpellings(number: PhoneNumber): string[] {
  const national = number.formatNational();
  const digits = national.replace(/\D/g, '');
  return [
    national,
    digits,
    national.replaceAll(/[ -]/g, '\u2011'),
    national.replaceAll('-', '\u2212'),
    `\u202a${national}\u202c`,
    inScript(digits, 0xff10),
    inScript(digits, 0x0660),
    `sip:${digits}@pbx.example`,
    `"John" <${digits}>`,
    `${national} x12`,
    `tel:${digits};phone-context=pbx.example`,
  ];
}

function inSuperscript(digits: string): string {
  return [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit))).join('');
}

function inScript(digits: string, zero: number): string {
  return [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
}
