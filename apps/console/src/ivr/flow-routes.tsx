import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectionDto, IvrRouteDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

interface FlowRoutesProps {
  tenant: string;
  flowId: string;
  mayChange: boolean;
}

interface Routed {
  connection: ConnectionDto;
  route: IvrRouteDto;
}

const MOST = 100;
const EVERY = 'default';

/** Numbers whose callers hear a flow, and a way to lead one more to it. */
export function FlowRoutes({ tenant, flowId, mayChange }: FlowRoutesProps): ReactNode {
  const texts = useOwnTexts(own);
  const query = useQuery({
    queryKey: ['ivr', tenant, 'routes'],
    queryFn: ({ signal }) => routesOf(tenant, signal),
  });
  return (
    <Stack gap="xs" component="section" aria-label={texts.routes.title}>
      <Title order={2} size="h4">
        {texts.routes.title}
      </Title>
      <Loaded query={query}>
        {({ connections, routed }) => (
          <>
            <Leading
              tenant={tenant}
              routed={routed.filter(({ route }) => route.flowId === flowId)}
              mayChange={mayChange}
            />
            {mayChange && connections.length > 0 && (
              <SetRoute tenant={tenant} flowId={flowId} connections={connections} />
            )}
            {connections.length === 0 && <Text size="sm">{texts.routes.noConnections}</Text>}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

async function routesOf(
  tenant: string,
  signal: AbortSignal,
): Promise<{ connections: readonly ConnectionDto[]; routed: Routed[] }> {
  const { data } = await ask('connections.list', { query: { limit: MOST }, tenant, signal });
  const pages = await Promise.all(
    data.map(async (connection) => {
      const path = { connection: connection.id };
      const routes = await ask('ivrRoutes.list', { path, query: { limit: MOST }, tenant, signal });
      return routes.data.map((route) => ({ connection, route }));
    }),
  );
  return { connections: data, routed: pages.flat() };
}

interface LeadingProps {
  tenant: string;
  routed: readonly Routed[];
  mayChange: boolean;
}

function Leading({ tenant, routed, mayChange }: LeadingProps): ReactNode {
  const texts = useOwnTexts(own);
  const { routes } = texts;
  if (routed.length === 0) return <Text size="sm">{routes.none}</Text>;
  return (
    <ul className="flow-routes">
      {routed.map(({ connection, route: { id, did } }) => (
        <li key={id}>
          <bdi className="number">{did === EVERY ? routes.every : did}</bdi>
          <TextLink
            to="/t/$tenant/connections/$connectionId"
            params={{ tenant, connectionId: connection.id }}
            size="sm"
          >
            <bdi>{connection.name}</bdi>
          </TextLink>
          {mayChange && (
            <ActionButton
              label={routes.remove}
              size="compact-xs"
              variant="default"
              confirm={routes.confirmRemove(isolated(did === EVERY ? routes.every : did))}
              act={() => ask('ivrRoutes.remove', { path: { connection: connection.id, did }, tenant })}
              stale={[['ivr', tenant, 'routes']]}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

interface SetRouteProps {
  tenant: string;
  flowId: string;
  connections: readonly ConnectionDto[];
}

function SetRoute({ tenant, flowId, connections }: SetRouteProps): ReactNode {
  const { routes } = useOwnTexts(own);
  const [did, setDid] = useState('');
  const [picked, pick] = useState('');
  const connection = connections.find(({ id }) => id === picked) ?? connections[0];
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        size="xs"
        label={routes.connection}
        data={connections.map(({ id, name }) => ({ value: id, label: name }))}
        value={connection?.id ?? ''}
        onChange={({ currentTarget }) => {
          pick(currentTarget.value);
        }}
      />
      <TextInput
        size="xs"
        dir="ltr"
        label={routes.number}
        description={routes.numberHint}
        value={did}
        onChange={({ currentTarget }) => {
          setDid(currentTarget.value.trim());
        }}
      />
      {connection === undefined || did === '' ? (
        <Button size="xs" disabled>
          {routes.set}
        </Button>
      ) : (
        <ActionButton
          label={routes.set}
          confirm={routes.confirm(isolated(did === EVERY ? routes.every : did))}
          act={() =>
            ask('ivrRoutes.put', {
              path: { connection: connection.id, did },
              body: { source: 'flow', flowId },
              tenant,
            })
          }
          stale={[['ivr', tenant, 'routes']]}
          whenDone={() => {
            setDid('');
          }}
        />
      )}
    </Group>
  );
}
