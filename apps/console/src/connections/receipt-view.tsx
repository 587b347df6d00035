import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ReceiptDto } from '../api/operations';
import { JsonText } from '../json/json-text';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { isolated } from '../texts/isolated';
import { useConnectionTexts } from './connection-texts';
import { ReceiptBody } from './receipt-body';
import { RECEIPT_TONES } from './receipt-tones';
import { connectionsKey } from './use-connection';

const FROM = '/shell/t/$tenant/connections/$connectionId';

/** One webhook as it came, and what became of it. */
export function ReceiptView({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { receipts } = useConnectionTexts();
  const { receipt: _, ...list } = useSearch({ from: FROM });
  const receipt = useQuery({
    queryKey: [...connectionsKey(tenant), 'receipt', id],
    queryFn: ({ signal }) => ask('receipts.get', { path: { id }, tenant, signal }),
    // Until it is worked on it may change at any moment.
    refetchInterval: ({ state }) => (state.data?.state === 'due' ? 2_000 : false),
  });
  return (
    <Stack gap="md">
      <Link from="/t/$tenant/connections/$connectionId" to="." search={list}>
        {receipts.back}
      </Link>
      <Loaded query={receipt}>{(data) => <Shown tenant={tenant} receipt={data} />}</Loaded>
    </Stack>
  );
}

function Shown({ tenant, receipt }: { tenant: string; receipt: ReceiptDto }): ReactNode {
  const { receipts } = useConnectionTexts();
  const isStuck = receipt.state === 'unparsed' || receipt.state === 'set_aside';
  return (
    <>
      <Group gap="sm" align="baseline">
        <Title order={2} size="h4">
          {receipts.title(isolated(receipt.route))}
        </Title>
        <Text fw={600} className={RECEIPT_TONES[receipt.state]}>
          {receipts.states[receipt.state]}
        </Text>
        {isStuck && (
          <ActionButton
            label={receipts.replay}
            act={() => ask('receipts.replay', { path: { id: receipt.id }, tenant })}
            done={receipts.replayed}
            stale={[connectionsKey(tenant), ['calls', tenant]]}
          />
        )}
      </Group>
      {receipt.reason !== null && (
        <Text size="sm">
          {receipts.reason}: <bdi>{receipt.reason}</bdi>
        </Text>
      )}
      <Facts
        of={{
          [receipts.came]: <TimeText at={receipt.receivedAt} exact />,
          [receipts.from]: <bdi>{receipt.sourceIp ?? '–'}</bdi>,
          [receipts.tries]: receipt.tries > 0 ? receipt.tries : undefined,
          [receipts.note]: receipt.note === null ? undefined : <bdi>{receipt.note}</bdi>,
        }}
      />
      <div className="side-by-side">
        <ReceiptBody tenant={tenant} receipt={receipt} />
        <div>
          <Text size="sm" c="dimmed">
            {receipts.headers}
          </Text>
          <JsonText value={receipt.headers} label={receipts.headers} />
        </div>
      </div>
    </>
  );
}
