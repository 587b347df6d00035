import { HEBREW_REASONS, type ReasonCode, type ReasonParams } from './hebrew-reasons';

export interface Said {
  /** The server's words, in English. */
  words: string | null | undefined;
  code: ReasonCode | null | undefined;
  params: ReasonParams | null | undefined;
}

/** The server's words in a language: it says them in English, with a code for the others. @returns undefined where it said nothing */
export function reasonWords({ words, code, params }: Said, language: string): string | undefined {
  if (words == null || words === '') return undefined;
  if (language !== 'he' || code == null || !(code in HEBREW_REASONS)) return words;
  return HEBREW_REASONS[code](params ?? {});
}
