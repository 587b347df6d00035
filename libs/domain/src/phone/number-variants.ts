/**
 * The other E.164 forms of one subscriber's number, where a country has more than one in use: contacts were typed years ago,
 * and networks add and drop digits.
 *
 * - Argentina: mobiles have a 9 after the country code when called from abroad, and none in some networks.
 * - Mexico: mobiles had a 1 there until 2019.
 * - Brazil: mobiles got a ninth digit, a 9 in front, until 2016; their old eight digits began with 6 to 9.
 * - Benin: all numbers got 01 in front in 2024.
 * - Côte d'Ivoire: mobiles got their network's two digits in front in 2021, by their second digit.
 *
 * Source: ITU-T E.164 national numbering plans of these countries.
 */

/** A number's pattern, and what the other form of it is. */
type Rule = readonly [pattern: RegExp, other: string];

const IVORIAN_NETWORKS = [
  ['[123]', '01'],
  ['[456]', '05'],
  ['[789]', '07'],
] as const;

const RULES: readonly Rule[] = [
  [/^\+549(\d{10})$/, '+54$1'],
  [/^\+54([1-8]\d{9})$/, '+549$1'],
  [/^\+521(\d{10})$/, '+52$1'],
  [/^\+52([2-9]\d{9})$/, '+521$1'],
  [/^\+55([1-9]\d)9([6-9]\d{7})$/, '+55$1$2'],
  [/^\+55([1-9]\d)([6-9]\d{7})$/, '+55$19$2'],
  [/^\+22901(\d{8})$/, '+229$1'],
  [/^\+229([2-9]\d{7})$/, '+22901$1'],
  ...IVORIAN_NETWORKS.flatMap(([second, network]): Rule[] => [
    [new RegExp(`^\\+225${network}([04-9]${second}\\d{6})$`), '+225$1'],
    [new RegExp(`^\\+225([04-9]${second}\\d{6})$`), `+225${network}$1`],
  ]),
];

/** Countries with a rule: for all others, the number is the only form. */
const HAS_RULES = /^\+(?:5[245]|22[59])/;

/** The number itself first, then its other forms. Any of them gives the same set. */
export function numberVariants(e164: string): readonly string[] {
  if (!HAS_RULES.test(e164)) return [e164];
  const others = RULES.flatMap(([pattern, other]) =>
    pattern.test(e164) ? [e164.replace(pattern, other)] : [],
  );
  return [e164, ...others];
}

/** The one form that stands for all of them, the same for each: what something is kept under that is of the subscriber. */
export function numberKey(e164: string): string {
  if (!HAS_RULES.test(e164)) return e164;
  return numberVariants(e164).reduce((least, form) => (form < least ? form : least), e164);
}
