import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { PbxAccountDto, PbxDriverDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { orMissing } from './or-missing';
import { PbxCallsNow } from './pbx-calls-now';
import { PbxForm } from './pbx-form';
import { PbxTest } from './pbx-test';
import type { TabProps } from './tab-props';
import { own } from './texts';
import { connectionsKey } from './use-connection';

/** How a PBX is commanded: what its driver can do and asks for, and whether it answers. */
export function PbxTab({ tenant, connection }: TabProps): ReactNode {
  const { pbx } = useOwnTexts(own);
  const drivers = useQuery({
    queryKey: ['pbx-drivers'],
    queryFn: ({ signal }) => ask('pbxDrivers.list', { tenant, signal }),
    staleTime: Infinity,
  });
  return (
    <Loaded query={drivers}>
      {({ data }) => {
        const driver = data.find(({ vendor }) => vendor === connection.dialect);
        return driver === undefined ? (
          <Text>{pbx.noDriver}</Text>
        ) : (
          <Commanded tenant={tenant} connection={connection} driver={driver} />
        );
      }}
    </Loaded>
  );
}

interface CommandedProps extends TabProps {
  driver: PbxDriverDto;
}

function Commanded({ tenant, connection: { id }, driver }: CommandedProps): ReactNode {
  const { pbx } = useOwnTexts(own);
  const account = useQuery({
    queryKey: [...connectionsKey(tenant), id, 'pbx-account'],
    queryFn: ({ signal }) => orMissing(ask('pbxAccount.get', { path: { id }, tenant, signal })),
    refetchInterval: 15_000,
  });
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {pbx.about}
      </Text>
      <Can driver={driver} />
      <Loaded query={account}>
        {(data) => (
          <>
            {data === null ? (
              <Text>{pbx.none}</Text>
            ) : (
              <>
                <PbxTest tenant={tenant} id={id} />
                <Feed account={data} />
                {driver.capabilities.includes('list_calls') && <PbxCallsNow tenant={tenant} id={id} />}
              </>
            )}
            <Title order={2} size="h4">
              {pbx.account}
            </Title>
            <PbxForm
              tenant={tenant}
              id={id}
              driver={driver}
              account={data ?? undefined}
              key={data?.updatedAt ?? 'none'}
            />
            {data !== null && <Remove tenant={tenant} id={id} />}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Can({ driver }: { driver: PbxDriverDto }): ReactNode {
  const { pbx } = useOwnTexts(own);
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {pbx.can}
      </Title>
      <ul className="chips">
        {driver.capabilities.map((capability) => (
          <li key={capability}>{pbx.capabilities[capability]}</li>
        ))}
      </ul>
    </section>
  );
}

function Feed({ account: { feed } }: { account: PbxAccountDto }): ReactNode {
  const { pbx } = useOwnTexts(own);
  if (feed === null) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {pbx.feed}
      </Title>
      <Facts
        of={{
          [pbx.feed]: (
            <span className={feed.state === 'up' ? 'tone-good' : feed.state === 'down' ? 'tone-bad' : ''}>
              {pbx.feedStates[feed.state]}
            </span>
          ),
          [pbx.since]: feed.since === null ? undefined : <TimeText at={feed.since} exact />,
          [pbx.nextTry]: feed.nextTryAt === null ? undefined : <TimeText at={feed.nextTryAt} exact />,
        }}
      />
      {feed.reason !== null && (
        <Text size="sm" mt="xs">
          <TimeText at={feed.failedAt} exact /> <bdi>{feed.reason}</bdi>
        </Text>
      )}
    </section>
  );
}

function Remove({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { pbx } = useOwnTexts(own);
  return (
    <div>
      <ActionButton
        label={pbx.remove}
        color="red"
        variant="outline"
        confirm={pbx.removeAsk}
        act={() => ask('pbxAccount.remove', { path: { id }, tenant })}
        stale={[[...connectionsKey(tenant), id, 'pbx-account']]}
      />
    </div>
  );
}
