/** Subscriber numbers of Israel in their local spelling, valid by the numbering plan but drawn at random. */
import { digits, pick, weighted, wholeBetween, type Random } from './random.js';

/** Not every digit may follow every prefix; those drawn below may. */
const MOBILE_PREFIXES = ['050', '052', '053', '054', '058'] as const;
/** Jerusalem, Tel Aviv, Haifa, the South, the Sharon. */
const AREA_CODES = ['02', '03', '04', '08', '09'] as const;
const VOIP_PREFIXES = ['072', '077'] as const;

export function mobileNumber(random: Random): string {
  return `${pick(random, MOBILE_PREFIXES)}${String(wholeBetween(random, 3, 7))}${digits(random, 6)}`;
}

export function landlineNumber(random: Random): string {
  return `${pick(random, AREA_CODES)}${String(wholeBetween(random, 5, 8))}${digits(random, 6)}`;
}

/** Numbers that businesses rent from their telephone company: the DIDs. */
export function voipNumber(random: Random): string {
  return `${pick(random, VOIP_PREFIXES)}${String(wholeBetween(random, 2, 3))}${digits(random, 6)}`;
}

const CUSTOMERS = { mobile: 78, landline: 17, voip: 5 } as const;
const MAKE = { mobile: mobileNumber, landline: landlineNumber, voip: voipNumber } as const;

export function customerNumber(random: Random): string {
  return MAKE[weighted(random, CUSTOMERS)](random);
}

/** `0501234567` -> `972501234567`, as Voicenter prints the target of an outgoing call. */
export function international(local: string): string {
  return `972${local.slice(1)}`;
}
