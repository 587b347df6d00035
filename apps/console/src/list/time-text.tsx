import type { ReactNode } from 'react';
import { useLanguage } from '../texts/language';
import { useZone } from './zone';
import { momentText, wholeMomentText } from './zoned-time';

/** A moment in the zone that is shown, exact on hover. @param at  ISO 8601; null shows a dash */
export function TimeText({ at, exact = false }: { at: string | null; exact?: boolean }): ReactNode {
  const { language } = useLanguage();
  const { zone } = useZone();
  if (at === null) return '–';
  return (
    <time dateTime={at} title={wholeMomentText(at, language, zone)} className="number">
      <bdi>{momentText(at, language, exact, zone)}</bdi>
    </time>
  );
}
