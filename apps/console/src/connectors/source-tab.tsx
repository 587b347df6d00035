import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { TextLink } from '../app/text-link';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import type { ConnectionProps } from './connector-page';
import { SourceCard } from './source-card';
import { own } from './texts';
import { sourcesKey, useSources } from './use-sources';

/** This CRM as a source of contacts: asked who is calling while the phone rings. */
export function SourceTab({ tenant, endpoint, connector }: ConnectionProps): ReactNode {
  const { sources, list } = useOwnTexts(own);
  const isAdmin = mayManage(useRole(tenant));
  const query = useSources(tenant);
  return (
    <Stack gap="sm">
      <Text size="sm">{sources.about}</Text>
      {connector.ringTime !== null && (
        <Text size="sm">
          {sources.advice}: <bdi lang="en">{connector.ringTime}</bdi>
        </Text>
      )}
      <Loaded query={query}>
        {(all) => {
          const mine = all.filter(({ endpointId }) => endpointId === endpoint.id);
          if (mine.length > 0) {
            return mine.map((source) => <SourceCard key={source.id} {...{ tenant, source, isAdmin }} />);
          }
          return (
            <>
              <Text size="sm">{sources.ofThis}</Text>
              <Group>
                <ActionButton
                  label={sources.add}
                  disabled={!isAdmin}
                  stale={[sourcesKey(tenant)]}
                  act={() => {
                    const body = { name: endpoint.name, kind: 'crm', endpointId: endpoint.id } as const;
                    return ask('contactSources.create', { body, tenant });
                  }}
                />
              </Group>
            </>
          );
        }}
      </Loaded>
      <TextLink size="sm" to="/t/$tenant/connectors" params={{ tenant }} search={{ tab: 'sources' }}>
        {list.sources}: {sources.order}
      </TextLink>
    </Stack>
  );
}
