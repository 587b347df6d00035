import { Group, Stack, Text } from '@mantine/core';
import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ConnectorDto, EndpointDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { Loaded } from '../page/loaded';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import './connectors.css';
import type { Tab } from './filters';
import { LogTab } from './log-tab';
import { Notice } from './notice';
import { OverviewTab } from './overview-tab';
import { PolicyTab } from './policy-tab';
import { SettingsTab } from './settings-tab';
import { SourceTab } from './source-tab';
import { Tabs } from './tabs';
import { own } from './texts';
import { TryTab } from './try-tab';
import { UndecidedTab } from './undecided-tab';
import { useConnector, useEndpoint } from './use-connectors';
import { WrittenTab } from './written-tab';

const FROM = '/shell/t/$tenant/connectors/$endpointId';

/** What all parts of a connection are about. */
export interface ConnectionProps {
  tenant: string;
  endpoint: EndpointDto;
  connector: ConnectorDto;
}

/** One connection to a CRM: whether it works, what it writes and why, and what stands there. */
export function ConnectorPage(): ReactNode {
  const { list } = useOwnTexts(own);
  const { tenant, endpointId } = useParams({ from: FROM });
  const endpoint = useEndpoint(tenant, endpointId);
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/connectors" params={{ tenant }} search={{}} size="sm">
        {list.title}
      </TextLink>
      <Loaded query={endpoint}>{(data) => <Connection tenant={tenant} endpoint={data} />}</Loaded>
    </Stack>
  );
}

function Connection({ tenant, endpoint }: Omit<ConnectionProps, 'connector'>): ReactNode {
  const { page, health } = useOwnTexts(own);
  const { tab = 'overview', came } = useSearch({ from: FROM });
  const connector = useConnector(tenant, endpoint.format);
  const path = { tenant, endpointId: endpoint.id };
  return (
    <>
      <PageHead title={endpoint.name}>
        <TextLink
          size="sm"
          to="/t/$tenant/deliveries"
          params={{ tenant }}
          search={{ endpointId: endpoint.id }}
        >
          {page.deliveries}
        </TextLink>
        <TextLink size="sm" to="/t/$tenant/endpoints/$endpointId" params={path}>
          {page.endpoint}
        </TextLink>
      </PageHead>
      <Loaded query={connector}>
        {(found) => {
          if (found === undefined) return <Text>{page.noConnector}</Text>;
          return (
            <>
              <Group gap="xs">
                <Text size="sm">
                  <bdi>{found.title}</bdi> · <bdi dir="ltr">{endpoint.url}</bdi>
                </Text>
                <Text size="sm" fw={600} className={endpoint.state === 'enabled' ? 'tone-good' : 'tone-bad'}>
                  {health.states[endpoint.state]}
                </Text>
              </Group>
              {came !== undefined && (
                <Notice
                  tone={came === 'connected' ? 'good' : 'bad'}
                  title={came === 'connected' ? page.cameConnected : page.cameRefused}
                  isNew
                />
              )}
              <Tabs chosen={tab} path={path} />
              <Part {...{ tab, tenant, endpoint, connector: found }} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

const PARTS: Readonly<Record<Tab, (props: ConnectionProps) => ReactNode>> = {
  overview: OverviewTab,
  policy: PolicyTab,
  written: WrittenTab,
  try: TryTab,
  log: LogTab,
  undecided: UndecidedTab,
  source: SourceTab,
  settings: SettingsTab,
};

function Part({ tab, ...props }: ConnectionProps & { tab: Tab }): ReactNode {
  const Chosen = PARTS[tab];
  // What was typed into a form of another endpoint is not this one's.
  return <Chosen key={props.endpoint.id} {...props} />;
}
