import { readParty } from '#domain';

/** How a number may be stored: E.164 where a connection's country makes it one, else exactly as it came. */
export function spellingsOf(number: string, countries: ReadonlySet<string>): string[] {
  const read = [...countries, ''].map((country) => readParty(number, country).e164);
  return [...new Set([number, ...read.filter((e164) => e164 !== null)])];
}
