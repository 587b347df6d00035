import { Button, Group, NumberInput, Paper, Pill, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointDto, NewReplayDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { Choice } from '../list/choice';
import { onlySet } from '../list/read-filters';
import { TimeFilter } from '../list/time-filter';
import { WordFilter } from '../list/word-filter';
import { nowMs } from '../page/now-ms';
import { ResendCount, useResendCount } from '../resend/resend-count';
import { useOwnTexts, useTexts } from '../texts/language';
import { KINDS, orderOf, RATE, STATUSES, type ReplayDraft } from './replay-draft';
import { own } from './texts';

interface NewReplayProps {
  tenant: string;
  draft: ReplayDraft;
  endpoints: readonly Pick<EndpointDto, 'id' | 'name'>[];
}

/** What is to be sent again: counted while one chooses, sent when one says so. */
export function NewReplay({ tenant, draft, endpoints }: NewReplayProps): ReactNode {
  const texts = useOwnTexts(own);
  const [rate, setRate] = useState<number>(RATE.first);
  // One moment for all of it: what is counted is what is sent.
  const [now] = useState(nowMs);
  const found = orderOf(draft, now, rate);
  return (
    <Paper withBorder p="md" component="section" aria-label={texts.new}>
      <Title order={2} size="h4" mb="xs">
        {texts.new}
      </Title>
      <Stack gap="sm">
        <div className="list-filters">
          <DraftFields draft={draft} endpoints={endpoints} />
          <NumberInput
            size="xs"
            w={190}
            label={texts.rate}
            min={RATE.least}
            max={RATE.most}
            allowDecimal={false}
            value={rate}
            onChange={(value) => {
              setRate(Number(value));
            }}
          />
        </div>
        {'lacks' in found ? (
          <Text size="sm">{texts[found.lacks]}</Text>
        ) : (
          <Send tenant={tenant} order={found.order} />
        )}
      </Stack>
    </Paper>
  );
}

function DraftFields({ draft, endpoints }: Omit<NewReplayProps, 'tenant'>): ReactNode {
  const texts = useOwnTexts(own);
  const { list, actions } = useTexts();
  const navigate = useNavigate({ from: '/t/$tenant/replays' });
  const set =
    <K extends keyof ReplayDraft>(name: K) =>
    (value: ReplayDraft[K]): void => {
      void navigate({ search: onlySet({ ...draft, [name]: value }), replace: true });
    };
  const { kind = 'failed' } = draft;
  return (
    <>
      <Choice
        label={texts.kind}
        of={KINDS}
        words={(one) => texts.kinds[one]}
        value={kind}
        choose={set('kind')}
        isNeeded
      />
      {kind === 'events' && (
        <Choice
          label={texts.status}
          of={STATUSES}
          words={(one) => texts.statuses[one]}
          value={draft.status ?? 'any'}
          choose={set('status')}
          isNeeded
        />
      )}
      <Choice
        label={texts.endpoint}
        of={endpoints.map(({ id }) => id)}
        words={(id) => endpoints.find((endpoint) => endpoint.id === id)?.name ?? id}
        value={draft.endpointId}
        choose={set('endpointId')}
      />
      <WordFilter
        label={texts.event}
        hint={texts.eventHint}
        value={draft.eventType}
        choose={set('eventType')}
      />
      <WordFilter label={texts.number} value={draft.number} choose={set('number')} />
      <TimeFilter label={list.from} value={draft.from} choose={set('from')} />
      <TimeFilter label={list.to} value={draft.to} choose={set('to')} />
      {draft.callId !== undefined && (
        <Pill
          withRemoveButton
          removeButtonProps={{ 'aria-label': actions.clear }}
          onRemove={() => {
            set('callId')(undefined);
          }}
        >
          {texts.ofCall}
        </Pill>
      )}
    </>
  );
}

const STOPPED_MS = 400;

function Send({ tenant, order }: { tenant: string; order: NewReplayDto }): ReactNode {
  const texts = useOwnTexts(own);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { ratePerMinute: _, ...counted } = order;
  const [settled] = useDebouncedValue(JSON.stringify(counted), STOPPED_MS);
  const count = useResendCount(tenant, JSON.parse(settled) as NewReplayDto);
  const send = useMutation({
    mutationFn: () => ask('replays.create', { body: order, tenant }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['replays', tenant] });
      await navigate({ to: '/t/$tenant/replays/$replayId', params: { tenant, replayId: id } });
    },
  });
  const isCounted = settled === JSON.stringify(counted) && (count.data?.total ?? 0) > 0;
  return (
    <>
      <Group gap="sm">
        <Button
          size="xs"
          disabled={!isCounted}
          loading={send.isPending}
          onClick={() => {
            send.mutate();
          }}
        >
          {texts.order}
        </Button>
        <ResendCount query={count} />
      </Group>
      {send.error !== null && <ProblemNotice error={send.error} />}
    </>
  );
}
