/** What a country's numbering plan says, as far as numbers have to be told apart by it. From libphonenumber's metadata. */
import { Metadata, isSupportedCountry } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';

export interface NumberingPlan {
  country: CountryCode;
  callingCode: string;
  /** What is dialed before a national number; empty where nothing is. */
  nationalPrefix: string;
  /** Whether a subscriber of the country could have these digits, known to the metadata or not. */
  couldBeHome(digits: string): boolean;
}

/** Members of the library's plan that its types leave out. */
interface Plan {
  callingCode(): string;
  nationalPrefix(): string | undefined;
  /** Of a pattern: what may stand before a national number, carriers' codes included. */
  nationalPrefixForParsing(): string | undefined;
  nationalNumberPattern(): string;
  possibleLengths(): number[];
  type(name: 'MOBILE' | 'FIXED_LINE'): { possibleLengths(): number[] | undefined } | undefined;
}

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
  const nationalPrefix = plan.nationalPrefix() ?? '';
  const isHome = homeNumbers(plan);
  const before = new RegExp(`^(?:${plan.nationalPrefixForParsing() ?? nationalPrefix})`);
  const prefixes = [...new Set(['', nationalPrefix, callingCode])];
  return {
    country,
    callingCode,
    nationalPrefix,
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
function homeNumbers(plan: Plan): (digits: string) => boolean {
  const all = new Set(plan.possibleLengths());
  const mobile = plan.type('MOBILE')?.possibleLengths() ?? plan.possibleLengths();
  const fixed = new Set(plan.type('FIXED_LINE')?.possibleLengths() ?? []);
  const usual = Math.max(...mobile);
  let longest = usual + 1;
  while (fixed.has(longest) && fixed.has(longest + 1)) longest += 1;
  const fits = new RegExp(`^(?:${plan.nationalNumberPattern()})$`);
  return (digits) =>
    all.has(digits.length) && (digits.length <= usual || (digits.length <= longest && fits.test(digits)));
}
