import { nationalDigits, numberVariants, significantDigits } from '#domain';

/**
 * A number as people are likely to have typed it, the likeliest first: for a CRM that compares text.
 *
 * @param e164  a number that was read before
 */
export function spellings(e164: string): readonly string[] {
  const national = nationalDigits(e164);
  const area = national.length > 9 ? 3 : 2;
  const [start, rest] = [national.slice(0, area), national.slice(area)];
  const grouped = `${rest.slice(0, -4)}-${rest.slice(-4)}`;
  const country = e164.slice(0, -significantDigits(e164).length);
  const own = [
    national,
    `${start}-${rest}`,
    `${start}-${grouped}`,
    e164.slice(1),
    `${country}-${start.replace(/^0/, '')}-${grouped}`,
    `${country} ${start.replace(/^0/, '')}-${grouped}`,
  ];
  return [...new Set([...numberVariants(e164), ...own])];
}
