import { Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { NewReplayDto, ReplayCountDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { useLanguage, useOwnTexts } from '../texts/language';
import { own } from './texts';

/** How many deliveries an order would make. Nothing is sent. */
export function useResendCount(tenant: string, order: NewReplayDto | null): UseQueryResult<ReplayCountDto> {
  return useQuery({
    queryKey: ['replay-count', tenant, order],
    queryFn: ({ signal }) =>
      ask('replays.preview', { body: order ?? { kind: 'failed', from: '' }, tenant, signal }),
    enabled: order !== null,
    staleTime: 0,
    retry: false,
  });
}

/** Says how many will be sent, before they are. */
export function ResendCount({
  query: { data, error, refetch },
}: {
  query: UseQueryResult<ReplayCountDto>;
}): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  if (error !== null) return <ProblemNotice error={error} retry={refetch} />;
  if (data === undefined) return <Text role="status">{texts.counting}</Text>;
  const { total, exact } = data;
  if (total === 0) return <Text role="status">{texts.none}</Text>;
  const count = new Intl.NumberFormat(language).format(total);
  return (
    <Text role="status">
      <b>{total === 1 && exact ? texts.one : texts.count(count, exact)}</b>{' '}
      {total === 1 && exact ? texts.willOne : texts.will}
    </Text>
  );
}
