import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { OwnCallDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { clockText } from '../texts/durations';
import { useOwnTexts, useTexts } from '../texts/language';
import type { Card } from './cards';
import { isOpen, lastCallsOf } from './last-calls-of';
import { own } from './texts';

const MOST = 20;

/** What was before with this number: what nobody has seen to first, then the last calls with what was noted. */
export function LastCalls({ card: { call, e164 }, tenant }: { card: Card; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { data } = useQuery({
    queryKey: ['agent', tenant, 'with', e164],
    queryFn: ({ signal }) =>
      ask('ownCalls.list', { query: { number: e164 ?? undefined, limit: MOST }, tenant, signal }),
    enabled: e164 !== null,
  });
  if (e164 === null || data === undefined) return null;
  const last = lastCallsOf(data.data, call);
  if (last.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {texts.noLastCalls}
      </Text>
    );
  return (
    <section aria-label={texts.lastCalls}>
      <Text size="sm" fw={600}>
        {texts.lastCalls}
      </Text>
      <ul className="agent-rows">
        {last.map((one) => (
          <LastCall key={one.id} call={one} />
        ))}
      </ul>
    </section>
  );
}

function LastCall({ call }: { call: OwnCallDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { results } = useTexts();
  return (
    <li>
      <TimeText at={call.startedAt} /> · {texts.directions[call.direction]} ·{' '}
      <span className={isOpen(call) ? 'tone-bad' : undefined}>
        {isOpen(call) ? texts.open : results[call.result]}
      </span>
      {call.talkSeconds !== null && (
        <>
          {' '}
          · <bdi className="number">{clockText(call.talkSeconds)}</bdi>
        </>
      )}
      {call.notes.map(({ id, outcome, text }) => (
        <Text key={id} size="sm" component="div" className="agent-note">
          {outcome !== null && (
            <b>
              <bdi>{outcome}</bdi>
            </b>
          )}{' '}
          <bdi>{text}</bdi>
        </Text>
      ))}
    </li>
  );
}
