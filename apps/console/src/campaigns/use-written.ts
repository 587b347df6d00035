import { useLanguage } from '../texts/language';

export interface Written {
  count: (value: number) => string;
  /** A dash for null. */
  percent: (share: number | null) => string;
}

/** Numbers as the reader's language writes them. */
export function useWritten(): Written {
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return {
    count: (value) => number.format(value),
    percent: (value) => (value === null ? '–' : share.format(value)),
  };
}
