import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectionDto, GuideTrialDto, ReceiptDto } from '../api/operations';
import { useLive } from '../live/use-live';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { useConnectionTexts } from './connection-texts';
import { ClockForm } from './clock-form';
import { firstTicks, isConnected, isLongWait, type FirstNews } from './first-ticks';
import { FirstTicks } from './first-ticks-list';
import { NothingComes } from './nothing-comes';
import { ReceiptBody } from './receipt-body';
import { ownSocket } from './socket-texts';
import { connectionsKey, useHealth } from './use-connection';

const EVERY_MS = 2_000;

interface FirstWebhookProps {
  tenant: string;
  connection: ConnectionDto;
  trial: GuideTrialDto;
  anotherTrial: () => unknown;
}

/** Waits for the first webhook of a connection, and shows how far it gets. */
export function FirstWebhook({ tenant, connection, trial, anotherTrial }: FirstWebhookProps): ReactNode {
  const news = useNews(tenant, connection.id);
  const { wizard } = useConnectionTexts();
  const { waitAbout } = useOwnTexts(ownSocket);
  const { health, receipt, hasCall } = news;
  const isLong = isLongWait(Date.parse(connection.createdAt), health.dataUpdatedAt);
  return (
    <Loaded query={health}>
      {(data) => {
        const known = { health: data, receipt, hasCall };
        const ticks = firstTicks(known);
        return (
          <Stack gap="md">
            {!isConnected(ticks) && (
              <Text size="sm">{data.socket === null ? wizard.waitAbout : waitAbout}</Text>
            )}
            <FirstTicks ticks={ticks} news={known} />
            {ticks.clock === 'bad' && <ClockForm tenant={tenant} connection={connection} />}
            {isConnected(ticks) && <Ready tenant={tenant} id={connection.id} />}
            {receipt !== undefined && <Came tenant={tenant} receipt={receipt} />}
            {!hasCall && (
              <NothingComes
                trial={trial}
                another={anotherTrial}
                isLong={isLong && receipt === undefined}
                key={String(isLong)}
              />
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}

interface News extends Omit<FirstNews, 'health' | 'receipt'> {
  health: ReturnType<typeof useHealth>;
  receipt: ReceiptDto | undefined;
}

/** Asked every two seconds, and at once when the server rings for a call. */
function useNews(tenant: string, id: string): News {
  const client = useQueryClient();
  const key = [...connectionsKey(tenant), id];
  const health = useHealth(tenant, id, EVERY_MS);
  const receipts = useQuery({
    queryKey: [...key, 'receipts', 'first'],
    queryFn: ({ signal }) =>
      ask('connectionReceipts.list', { path: { id }, query: { limit: 1 }, tenant, signal }),
    refetchInterval: EVERY_MS,
  });
  const calls = useQuery({
    queryKey: [...key, 'calls'],
    queryFn: ({ signal }) => ask('calls.list', { query: { connectionId: id, limit: 1 }, tenant, signal }),
    refetchInterval: EVERY_MS,
  });
  useLive(
    { tenant },
    {
      rooms: ['calls'],
      ring: () => void client.invalidateQueries({ queryKey: key }),
    },
  );
  return { health, receipt: receipts.data?.data[0], hasCall: (calls.data?.data.length ?? 0) > 0 };
}

function Ready({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { wizard } = useConnectionTexts();
  const navigate = useNavigate();
  return (
    <div role="status">
      <Text fw={600} className="tone-good">
        {wizard.ready}
      </Text>
      <Text size="sm" mb="xs">
        {wizard.readyAbout}
      </Text>
      <Group gap="xs">
        <Button
          size="xs"
          onClick={() =>
            void navigate({
              to: '/t/$tenant/connections/$connectionId',
              params: { tenant, connectionId: id },
            })
          }
        >
          {wizard.toHealth}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => void navigate({ to: '/t/$tenant/calls', params: { tenant } })}
        >
          {wizard.toCalls}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => void navigate({ to: '/t/$tenant/endpoints/new', params: { tenant } })}
        >
          {wizard.addEndpoint}
        </Button>
      </Group>
    </div>
  );
}

function Came({ tenant, receipt }: { tenant: string; receipt: ReceiptDto }): ReactNode {
  const { receiptShown } = useConnectionTexts();
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {receiptShown}
      </Title>
      <ReceiptBody tenant={tenant} receipt={receipt} />
    </section>
  );
}
