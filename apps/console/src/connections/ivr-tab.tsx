import { useQuery } from '@tanstack/react-query';
import { Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { IvrRouteDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { SecretOnce } from '../page/secret-once';
import { useOwnTexts } from '../texts/language';
import { EditableRows } from './editable-rows';
import { EVERY_OTHER } from './ivr-draft';
import { IvrForm } from './ivr-form';
import type { TabProps } from './tab-props';
import { own } from './texts';
import { connectionsKey } from './use-connection';
import { useMayManage } from './use-may-manage';

/** Who answers for callers of each number. */
export function IvrTab({ tenant, connection: { id } }: TabProps): ReactNode {
  const texts = useOwnTexts(own);
  const { ivr } = texts;
  const [secret, setSecret] = useState<string | null>(null);
  const key = [...connectionsKey(tenant), id, 'ivr-routes'];
  const path = { connection: id };
  const { rows, query } = usePages(key, (cursor, signal) =>
    ask('ivrRoutes.list', { path, query: { limit: 100, cursor }, tenant, signal }),
  );
  const flows = useQuery({
    queryKey: ['ivr', tenant, 'names'],
    queryFn: ({ signal }) => ask('ivrFlows.list', { query: { limit: 200 }, tenant, signal }),
  });
  const mayChange = useMayManage(tenant);
  const names = flows.data?.data ?? [];
  return (
    <Stack gap="md">
      {secret !== null && <SecretOnce title={ivr.secret} secret={secret} />}
      <Listed error={query.error} retry={query.refetch} count={rows && 1} none="">
        <EditableRows
          title={texts.tabs.ivr}
          about={ivr.about}
          none={ivr.none}
          add={ivr.add}
          columns={[
            { name: ivr.did, show: ({ did }: IvrRouteDto) => <Did did={did} /> },
            {
              name: ivr.source,
              show: (route: IvrRouteDto) => <Source route={route} tenant={tenant} flows={names} />,
            },
          ]}
          rows={rows ?? []}
          nameOf={({ did }) => did}
          mayChange={mayChange}
          form={(route, close) => (
            <IvrForm tenant={tenant} id={id} route={route} flows={names} close={close} shown={setSecret} />
          )}
          remove={({ did }) => ask('ivrRoutes.remove', { path: { ...path, did }, tenant })}
          removeAsk={ivr.removeAsk}
          stale={[key]}
          more={query.hasNextPage ? query.fetchNextPage : undefined}
        />
      </Listed>
    </Stack>
  );
}

function Did({ did }: { did: string }): ReactNode {
  const { ivr } = useOwnTexts(own);
  return did === EVERY_OTHER ? ivr.everyOther : <bdi>{did}</bdi>;
}

interface SourceProps {
  route: IvrRouteDto;
  tenant: string;
  flows: readonly { id: string; name: string }[];
}

function Source({ route, tenant, flows }: SourceProps): ReactNode {
  const { ivr } = useOwnTexts(own);
  if (route.source === 'url' || route.flowId === null) return <bdi>{route.url}</bdi>;
  return (
    <>
      <TextLink to="/t/$tenant/ivr/$flowId" params={{ tenant, flowId: route.flowId }}>
        <bdi>{flows.find(({ id }) => id === route.flowId)?.name ?? ivr.flow}</bdi>
      </TextLink>
      {route.defaultAnswer !== null && (
        <Text size="xs" c="dimmed">
          {ivr.defaultAnswer} ✓
        </Text>
      )}
    </>
  );
}
