/** What a country's numbering plan says, as far as numbers have to be told apart by it. From libphonenumber's metadata. */
import { Metadata, isSupportedCountry } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';

export interface NumberingPlan {
  country: CountryCode;
  callingCode: string;
  /** What is dialed before a national number; empty where nothing is. */
  nationalPrefix: string;
  /** Whether numbers are written with it there; in North America it is dialed and not written. */
  writesPrefix: boolean;
  /** Digits of the longest mobiles. */
  usualLength: number;
  /** Whether lines have so many lengths that nearly any digits are one, as in Germany. */
  isOpen: boolean;
  /** Whether a subscriber of the country could have these digits, known to the metadata or not. */
  couldBeHome(digits: string): boolean;
}

/** Members of the library's plan that its types leave out. */
interface Plan {
  callingCode(): string;
  /** Zero, as a number, where there is none. */
  nationalPrefix(): string | 0 | undefined;
  /** Of a pattern: what may stand before a national number, carriers' codes included. */
  nationalPrefixForParsing(): string | 0 | undefined;
  nationalNumberPattern(): string;
  possibleLengths(): number[];
  formats(): { nationalPrefixFormattingRule(): string | 0 | undefined }[];
  type(name: 'MOBILE' | 'FIXED_LINE'): { possibleLengths(): number[] | undefined } | undefined;
}

/** More lengths of lines than this are not said by a plan, but left to whoever builds an exchange. */
const MOST_FIXED_LENGTHS = 3;

const plans = new Map<string, NumberingPlan | undefined>();

/** @param country  ISO 3166-1 alpha-2; undefined for what is no country */
export function numberingPlan(country: string): NumberingPlan | undefined {
  if (!plans.has(country)) {
    if (!isSupportedCountry(country)) return undefined;
    plans.set(country, planOf(country));
  }
  return plans.get(country);
}

function planOf(country: CountryCode): NumberingPlan | undefined {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan as Plan | undefined;
  if (plan === undefined) return undefined;
  const callingCode = plan.callingCode();
  const nationalPrefix = textOr(plan.nationalPrefix(), '');
  const usualLength = Math.max(...(lengthsOf(plan, 'MOBILE') ?? plan.possibleLengths()));
  const isHome = homeNumbers(plan, usualLength);
  const before = new RegExp(`^(?:${textOr(plan.nationalPrefixForParsing(), nationalPrefix)})`);
  const prefixes = [...new Set(['', nationalPrefix, callingCode])];
  return {
    country,
    callingCode,
    nationalPrefix,
    writesPrefix:
      nationalPrefix !== '' &&
      plan.formats().some((format) => textOr(format.nationalPrefixFormattingRule(), '') !== ''),
    usualLength,
    isOpen: (lengthsOf(plan, 'FIXED_LINE') ?? []).length > MOST_FIXED_LENGTHS,
    couldBeHome: (digits) =>
      prefixes.some((prefix) => digits.startsWith(prefix) && isHome(digits.slice(prefix.length))) ||
      isHome(digits.replace(before, '')),
  };
}

/**
 * By length alone up to that of the longest mobiles. One digit more have services (toll-free ones and the like), which are
 * known by their first digits. Beyond that many plans know a few odd ones, such as Israel's 151 with 12 digits, and no
 * subscriber; there a length counts where fixed lines reach it without a gap, and the first digits have to fit as well.
 */
function homeNumbers(plan: Plan, usual: number): (digits: string) => boolean {
  const all = new Set(plan.possibleLengths());
  const fixed = new Set(lengthsOf(plan, 'FIXED_LINE') ?? []);
  let longest = usual + 1;
  while (fixed.has(longest) && fixed.has(longest + 1)) longest += 1;
  const fits = new RegExp(`^(?:${plan.nationalNumberPattern()})$`);
  return (digits) =>
    all.has(digits.length) && (digits.length <= usual || (digits.length <= longest && fits.test(digits)));
}

function lengthsOf(plan: Plan, type: 'MOBILE' | 'FIXED_LINE'): number[] | undefined {
  return plan.type(type)?.possibleLengths();
}

function textOr(value: string | 0 | undefined, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
