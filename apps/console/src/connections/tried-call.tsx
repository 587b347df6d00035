import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { durationText } from '../texts/durations';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import { ownMapping } from './mapping-texts';
import { textAt } from './text-at';

interface TriedCallProps {
  title: string;
  /** As a call is shown, though it is none. */
  call: Readonly<Record<string, unknown>>;
}

/** A call that a sample would make, as far as it tells of it. */
export function TriedCall({ title, call }: TriedCallProps): ReactNode {
  const { call: names } = useOwnTexts(ownMapping);
  const texts = useTexts();
  const { language } = useLanguage();
  const said = (...path: string[]): ReactNode => {
    const text = textAt(call, path);
    return text === undefined ? undefined : <bdi>{text}</bdi>;
  };
  const time = (name: string): ReactNode => {
    const at = textAt(call, [name]);
    return at === undefined ? undefined : <TimeText at={at} exact />;
  };
  const { direction, result, talkSeconds, recordings } = call;
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      <Facts
        of={{
          [names.direction]: wordOf(texts.directions, direction),
          [names.result]: wordOf(texts.results, result),
          [names.from]: said('from', 'e164') ?? said('from', 'original'),
          [names.to]: said('to', 'e164') ?? said('to', 'original'),
          [names.did]: said('did', 'e164') ?? said('did', 'original'),
          [names.extension]: said('extension'),
          [names.agent]: said('agent', 'name') ?? said('agent', 'code'),
          [names.queue]: said('queue', 'name') ?? said('queue', 'id'),
          [names.startedAt]: time('startedAt'),
          [names.answeredAt]: time('answeredAt'),
          [names.endedAt]: time('endedAt'),
          [names.talkSeconds]:
            typeof talkSeconds === 'number' ? durationText(talkSeconds * 1_000, language) : undefined,
          [names.recordings]:
            Array.isArray(recordings) && recordings.length > 0 ? said('recordings', '0', 'url') : undefined,
        }}
      />
    </section>
  );
}

function wordOf(words: Readonly<Record<string, string>>, word: unknown): string | undefined {
  return typeof word === 'string' ? (words[word] ?? word) : undefined;
}
