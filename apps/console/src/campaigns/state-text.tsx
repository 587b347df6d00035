import type { ReactNode } from 'react';
import type { CampaignDto } from '../api/operations';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

const TONES = {
  running: 'tone-good',
  paused: 'tone-waiting',
  stopped: 'tone-quiet',
  deleted: 'tone-quiet',
} as const;
const MARKS = { running: '▶', paused: '‖', stopped: '■', deleted: '✕' } as const;

/** A campaign's state as a word, with a mark and a colour beside it. */
export function StateText({ state }: { state: CampaignDto['state'] }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <span className={TONES[state]}>
      <span aria-hidden dir="ltr">
        {MARKS[state]}
      </span>{' '}
      {texts.states[state]}
    </span>
  );
}
