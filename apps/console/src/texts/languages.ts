import { en, type Texts } from './en';

export const LANGUAGES = ['en', 'he'] as const;
export type Language = (typeof LANGUAGES)[number];

export const DIRECTION: Readonly<Record<Language, 'ltr' | 'rtl'>> = { en: 'ltr', he: 'rtl' };

/** English is always there: it is what a page says whose other language does not arrive. */
const KNOWN: Partial<Record<Language, Texts>> = { en };

/** The texts that all screens share. Those of a language that nobody speaks here are not loaded. */
export async function loadTexts(language: Language): Promise<Texts> {
  return (KNOWN[language] ??= (await import('./he')).he);
}
