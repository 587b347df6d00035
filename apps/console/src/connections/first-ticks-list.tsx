import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConnectionHealthDto, ReceiptDto } from '../api/operations';
import { durationText } from '../texts/durations';
import { useLanguage, useOwnTexts } from '../texts/language';
import { useConnectionTexts } from './connection-texts';
import { ticksOf, type Tick, type TickState } from './first-ticks';
import { ownSocket } from './socket-texts';

const SIGNS: Readonly<Record<TickState, string>> = { good: '✓', bad: '!', waiting: '' };
const TONES: Readonly<Record<TickState, string>> = {
  good: 'tone-good',
  bad: 'tone-bad',
  waiting: 'tone-quiet',
};

interface News {
  health: Pick<ConnectionHealthDto, 'refused' | 'clock' | 'socket'>;
  receipt: ReceiptDto | undefined;
  hasCall: boolean;
}

/** How far the first webhook got, in words as well as signs. */
export function FirstTicks({ ticks, news }: { ticks: Record<Tick, TickState>; news: News }): ReactNode {
  const { ticks: names, tickStates } = useConnectionTexts();
  const shown = ticksOf(news.health);
  const next = shown.find((tick) => ticks[tick] === 'waiting');
  return (
    <ol className="ticks" aria-live="polite">
      {shown.map((tick) => (
        <li key={tick} className={`tick-${ticks[tick]} ${tick === next ? 'tick-next' : ''}`}>
          <span className={`tick-sign ${TONES[ticks[tick]]}`} role="img" aria-label={tickStates[ticks[tick]]}>
            {SIGNS[ticks[tick]]}
          </span>
          <div>
            <Text fw={600} size="sm">
              {names[tick]}
            </Text>
            <Note tick={tick} state={ticks[tick]} news={news} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Note(props: { tick: Tick; state: TickState; news: News }): ReactNode {
  const note = useNote(props);
  return note === undefined ? null : (
    <Text size="sm" c="dimmed" component="div">
      {note}
    </Text>
  );
}

function useNote({ tick, state, news }: { tick: Tick; state: TickState; news: News }): ReactNode {
  const { tickNotes: notes, refusals } = useConnectionTexts();
  const { language } = useLanguage();
  const { receipt, health } = news;
  const { hints, clock: compared } = useOwnTexts(ownSocket);
  switch (tick) {
    case 'dialled':
      return health.socket === null || health.socket.state === 'up' ? undefined : hints[health.socket.state];
    case 'arrived': {
      const [refused] = health.refused;
      if (receipt !== undefined) return notes.came(`\u2068${receipt.route}\u2069`);
      return state === 'bad' && refused
        ? `${notes.refused(refused.count)} ${refusals[refused.reason]}`
        : notes.listening;
    }
    case 'readable':
      if (receipt?.state === 'due') return notes.working;
      return state === 'bad' ? (
        <>
          {notes.unreadable} <bdi>{receipt?.reason}</bdi>
        </>
      ) : undefined;
    case 'understood':
      if (state === 'bad') return `${notes.failed} \u2068${receipt?.reason ?? ''}\u2069`;
      return state === 'waiting' && receipt?.state === 'done' ? notes.noCall : undefined;
    case 'clock': {
      const { lagSeconds } = health.clock;
      if (lagSeconds === null && state === 'good') return compared;
      if (lagSeconds === null) return receipt === undefined ? undefined : notes.clockLater;
      const lag = durationText(Math.abs(lagSeconds) * 1_000, language);
      const said = lagSeconds < 0 ? notes.ahead(lag) : notes.ended(lag);
      return state === 'bad' ? `${said} ${notes.fixClock}` : said;
    }
  }
}
