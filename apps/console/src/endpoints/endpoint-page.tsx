import { Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { onlySet } from '../list/read-filters';
import { Loaded } from '../page/loaded';
import { PageHead } from '../page/page-head';
import { ReasonText } from '../reasons/reason-text';
import { useOwnTexts } from '../texts/language';
import { STATE_TONES, TABS, type EndpointSearch, type Tab } from './endpoint-search';
import './endpoints.css';
import { AccessTab } from './access-tab';
import { DeliveriesTab } from './deliveries-tab';
import { ExplainTab } from './explain-tab';
import { HistoryTab } from './history-tab';
import { OverviewTab } from './overview-tab';
import { RequestsTab } from './requests-tab';
import { DisableButton, EnableButton, PauseButton } from './state-buttons';
import { TestButton } from './test-button';
import { own } from './texts';

const FROM = '/shell/t/$tenant/endpoints/$endpointId';
const SettingsTab = lazy(() => import('./settings-tab').then((file) => ({ default: file.SettingsTab })));

/** One endpoint: how it fares, how it is set, what it was sent, and why not. */
export function EndpointPage(): ReactNode {
  const { tenant, endpointId } = useParams({ from: FROM });
  const query = useQuery({
    queryKey: ['endpoints', tenant, endpointId],
    queryFn: ({ signal }) => ask('endpoints.get', { path: { id: endpointId }, tenant, signal }),
  });
  return (
    <Stack gap="sm">
      <Crumb tenant={tenant} />
      <Loaded query={query}>{(endpoint) => <Shown endpoint={endpoint} tenant={tenant} />}</Loaded>
    </Stack>
  );
}

function Crumb({ tenant }: { tenant: string }): ReactNode {
  const { title } = useOwnTexts(own);
  return (
    <TextLink to="/t/$tenant/endpoints" params={{ tenant }} size="sm">
      {title}
    </TextLink>
  );
}

export interface TabProps {
  endpoint: EndpointDto;
  tenant: string;
  /** Whether whoever looks at it may change it. */
  may: boolean;
  search: EndpointSearch;
  show: (next: EndpointSearch) => void;
}

const PANELS: Readonly<Record<Tab, (props: TabProps) => ReactNode>> = {
  overview: (props) => <OverviewTab {...props} />,
  settings: (props) => <SettingsTab {...props} />,
  deliveries: (props) => <DeliveriesTab {...props} />,
  access: (props) => <AccessTab {...props} />,
  requests: (props) => <RequestsTab {...props} />,
  history: (props) => <HistoryTab {...props} />,
  explain: (props) => <ExplainTab {...props} />,
};

function Shown({ endpoint, tenant }: { endpoint: EndpointDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/endpoints/$endpointId' });
  const role = useRole(tenant);
  const may = mayManage(role);
  const show = (next: EndpointSearch): void => void navigate({ search: onlySet({ ...next }), replace: true });
  const tabs = TABS.filter(
    (tab) => (tab !== 'requests' || endpoint.format === 'voipnow') && (tab !== 'access' || may),
  );
  const tab = tabs.find((one) => one === search.tab) ?? 'overview';
  return (
    <>
      <Head endpoint={endpoint} tenant={tenant} may={may} />
      <Tabs
        value={tab}
        onChange={(next) => {
          show({ ...search, tab: TABS.find((one) => one === next && one !== 'overview') });
        }}
        keepMounted={false}
      >
        <Tabs.List aria-label={texts.tabsLabel} className="tabs-line" ref={showChosen}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {texts.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <Suspense fallback={<div aria-busy />}>
            {PANELS[tab]({ endpoint, tenant, may, search, show })}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      {!may && role !== null && (
        <Text size="sm" c="dimmed">
          {texts.nobodyMay}
        </Text>
      )}
    </>
  );
}

/** On a narrow screen the line of tabs is longer than what is seen of it. */
function showChosen(tabs: HTMLElement | null): void {
  tabs?.querySelector('[aria-selected=true]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
}

function Head({ endpoint, tenant, may }: Pick<TabProps, 'endpoint' | 'tenant' | 'may'>): ReactNode {
  const texts = useOwnTexts(own);
  const { state } = endpoint;
  return (
    <>
      <PageHead title={endpoint.name}>
        <TestButton endpoint={endpoint} tenant={tenant} />
        {may && state === 'enabled' && <PauseButton endpoint={endpoint} tenant={tenant} />}
        {may && state === 'enabled' && <DisableButton endpoint={endpoint} tenant={tenant} />}
        {may && state !== 'enabled' && <EnableButton endpoint={endpoint} tenant={tenant} />}
      </PageHead>
      <Group gap="xs">
        <Text size="sm" fw={600} className={STATE_TONES[state]}>
          {texts.states[state]}
        </Text>
        {endpoint.stateReason !== null && (
          <Text size="sm">
            <ReasonText
              words={endpoint.stateReason}
              code={endpoint.stateReasonCode}
              params={endpoint.stateReasonParams}
            />
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {texts.formats[endpoint.format] ?? endpoint.format} · <bdi>{endpoint.url}</bdi>
        </Text>
      </Group>
    </>
  );
}
