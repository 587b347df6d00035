import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CallDto, CallLegDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { clockText } from '../texts/durations';
import { useOwnTexts, useTexts } from '../texts/language';
import { numberOf, toneOf } from './party-text';
import { own } from './texts';

/** What a call was made of: each time that it rang somewhere. */
export function CallLegs({ call }: { call: CallDto }): ReactNode {
  const texts = useOwnTexts(own);
  if (call.legs.length === 0) return <Text size="sm">{texts.noLegs}</Text>;
  return (
    <Stack>
      {call.legs.map((leg, index) => (
        <Leg key={leg.key} leg={leg} number={index + 1} />
      ))}
    </Stack>
  );
}

function Leg({ leg, number }: { leg: CallLegDto; number: number }): ReactNode {
  const { results, directions } = useTexts();
  const texts = useOwnTexts(own);
  const clock = (seconds: number | null): ReactNode =>
    seconds === null ? undefined : <span className="number">{clockText(seconds)}</span>;
  return (
    <section className="call-part">
      <Text fw={600} component="h3">
        {texts.leg(number)} · <span className={toneOf(leg.result)}>{results[leg.result]}</span>
      </Text>
      <Facts
        of={{
          [texts.when]: <TimeText at={leg.startedAt} exact />,
          [texts.direction]: directions[leg.direction],
          [texts.number]: <bdi>{numberOf(leg) ?? texts.withheld}</bdi>,
          [texts.agent]: <bdi>{leg.agent?.name ?? leg.extensionLabel ?? leg.extension ?? '–'}</bdi>,
          [texts.queue]: leg.queue === null ? undefined : <bdi>{leg.queue.label ?? leg.queue.id}</bdi>,
          [texts.rang]: clock(leg.ringSeconds),
          [texts.waited]: clock(leg.queueSeconds),
          [texts.talk]: clock(leg.talkSeconds),
        }}
      />
    </section>
  );
}
