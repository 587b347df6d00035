import type { TenantTroubleDto } from '../api/operations';
import type { OperatorTexts } from './texts';

type Troubles = Pick<TenantTroubleDto, 'late' | 'held' | 'dead' | 'silent' | 'disabled' | 'atLeast'>;

/** What is wrong with a tenant, the worst first; that nothing is, where nothing is. */
export function troubleWords(
  { late, held, dead, silent, disabled, atLeast }: Troubles,
  { texts, language }: { texts: OperatorTexts; language: string },
): string {
  const number = new Intl.NumberFormat(language);
  // Only whole thousands can be those at which counting was broken off.
  const of = (count: number): string =>
    `${number.format(count)}${atLeast && count > 0 && count % 1_000 === 0 ? '+' : ''}`;
  const words = [
    dead > 0 ? texts.dead(of(dead)) : [],
    late > 0 ? texts.late(of(late)) : [],
    held > 0 ? texts.held(of(held)) : [],
    silent > 0 ? texts.silent(silent) : [],
    disabled > 0 ? texts.disabled(disabled) : [],
  ].flat();
  return words.length === 0 ? texts.well : words.join(' · ');
}
