import type { ReactNode } from 'react';
import { useLanguage } from '../texts/language';
import { reasonWords, type Said } from './reason-words';

/** Why something is as it is, in the words of the server. */
export function ReasonText(said: Said): ReactNode {
  const { language } = useLanguage();
  return <bdi>{reasonWords(said, language)}</bdi>;
}
