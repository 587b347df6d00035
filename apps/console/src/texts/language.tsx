import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { en, type Texts } from './en';
import { keepLanguage, keptLanguage } from './kept-language';
import { DIRECTION, LANGUAGES, loadTexts, type Language } from './languages';

/** A portal speaks the language of the page that it is in, and keeps nothing. */
const IS_PORTAL = location.pathname === '/portal';
const FROM_ADDRESS = IS_PORTAL ? new URLSearchParams(location.search).get('lang') : null;

interface Spoken {
  language: Language;
  speak: (language: Language) => void;
  texts: Texts;
}

const Context = createContext<Spoken>({ language: 'en', speak: () => undefined, texts: en });

/** @param texts  of the language to begin with, which are loaded before anything is shown */
export function LanguageProvider({ first, children }: { first: FirstTexts; children: ReactNode }): ReactNode {
  const [{ language, texts }, setSpoken] = useState(first);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = DIRECTION[language];
    if (!IS_PORTAL) keepLanguage(language);
  }, [language]);
  const spoken = useMemo(
    () => ({
      language,
      texts,
      speak: (next: Language) =>
        void loadTexts(next).then((loaded) => {
          setSpoken({ language: next, texts: loaded });
        }),
    }),
    [language, texts],
  );
  return <Context.Provider value={spoken}>{children}</Context.Provider>;
}

export function useLanguage(): Pick<Spoken, 'language' | 'speak'> {
  return useContext(Context);
}

/** The texts that all screens share. */
export function useTexts(): Texts {
  return useContext(Context).texts;
}

/** The texts of a feature, which come with its screens. @param own  the same members in every language */
export function useOwnTexts<T>(own: Readonly<Record<Language, T>>): T {
  return own[useContext(Context).language];
}

export interface FirstTexts {
  language: Language;
  texts: Texts;
}

/** Of the language that the address of a portal says, or else this browser spoke last, or else its own. */
export async function firstTexts(): Promise<FirstTexts> {
  const wanted = FROM_ADDRESS?.slice(0, 2) ?? keptLanguage() ?? navigator.language.slice(0, 2);
  const language = LANGUAGES.find((one) => one === wanted) ?? 'en';
  try {
    return { language, texts: await loadTexts(language) };
  } catch {
    return { language: 'en', texts: en };
  }
}
