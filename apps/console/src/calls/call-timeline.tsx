import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CallDto, TimelineItemDto } from '../api/operations';
import { useNow } from '../page/use-now';
import { useOwnTexts } from '../texts/language';
import { rowsOf } from '../timeline/rows-of';
import { TimelineView } from '../timeline/timeline-view';
import { ChosenItem } from './chosen-item';
import { own } from './texts';

interface CallTimelineProps {
  call: CallDto;
  items: readonly TimelineItemDto[];
  tenant: string;
  /** Milliseconds since 1970. */
  asOf: number;
  /** Id of a row. */
  chosen: string | undefined;
}

/** What happened to a call, and what is known of the row that was chosen. */
export function CallTimeline({ call, items, tenant, asOf, chosen }: CallTimelineProps): ReactNode {
  const texts = useOwnTexts(own);
  const navigate = useNavigate({ from: '/t/$tenant/calls/$callId' });
  const endpoints = useEndpointNames(tenant);
  const now = useNow(call.state !== 'ended', asOf);
  const rows = useMemo(() => rowsOf(call, items, now), [call, items, now]);
  const item = items.find(({ id }) => id === chosen);
  return (
    <Stack>
      <TimelineView
        rows={rows}
        endpoints={endpoints}
        chosen={chosen}
        choose={(id) => {
          void navigate({ search: (before) => ({ ...before, item: id }), replace: true });
        }}
      />
      {!items.some(({ kind }) => kind === 'delivery') && <Text size="sm">{texts.toldNobody}</Text>}
      {item !== undefined && <ChosenItem item={item} tenant={tenant} />}
    </Stack>
  );
}

const MOST_ENDPOINTS = 200;

function useEndpointNames(tenant: string): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['endpoints', tenant, 'names'],
    queryFn: ({ signal }) => ask('endpoints.list', { query: { limit: MOST_ENDPOINTS }, tenant, signal }),
    staleTime: 60_000,
  });
  return useMemo(() => new Map((data?.data ?? []).map(({ id, name }) => [id, name])), [data]);
}
