import type { Charset } from './charset-named.js';

const COUNTRIES: Readonly<Record<Charset, string>> = {
  'windows-1250': 'AL BA CZ HR HU ME PL RO RS SI SK',
  'windows-1251': 'BG BY KG KZ MD MK MN RU TJ UA',
  'windows-1253': 'CY GR',
  'windows-1254': 'AZ TR',
  'windows-1255': 'IL',
  'windows-1256': 'AE AF BH DZ EG IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SY TN YE',
  'windows-1257': 'EE LT LV',
  'windows-1258': 'VN',
  'windows-874': 'TH',
  shift_jis: 'JP',
  // Holds GBK and GB 2312 too.
  gb18030: 'CN SG',
  big5: 'HK MO TW',
  'euc-kr': 'KP KR',
};

const BY_COUNTRY = new Map<string, Charset>(
  Object.entries(COUNTRIES).flatMap(([charset, countries]) =>
    countries.split(' ').map((country): [string, Charset] => [country, charset]),
  ),
);

/** What is written in the rest of the world, and read where no country is known. */
const WESTERN: Charset = 'windows-1252';

/**
 * What software of a country writes when it does not write UTF-8: the "ANSI code page" of Windows there.
 *
 * @param country  ISO 3166-1 alpha-2
 */
export function legacyCharset(country: string | undefined): Charset {
  return BY_COUNTRY.get(country?.toUpperCase() ?? '') ?? WESTERN;
}
