import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointStatsDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { ReasonText } from '../reasons/reason-text';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import type { TabProps } from './endpoint-page';
import type { Tab } from './endpoint-search';
import { needsOf, type Need } from './needs-of';
import { EnableButton } from './state-buttons';
import { TestButton } from './test-button';
import { own } from './texts';

/** What somebody has to do about it, each with its button. */
export function Needs(props: TabProps & { stats: EndpointStatsDto }): ReactNode {
  const { endpoint, tenant, may, stats } = props;
  const { overview } = useOwnTexts(own);
  const path = { id: endpoint.id };
  const access = useQuery({
    queryKey: ['endpoints', tenant, endpoint.id, 'access'],
    queryFn: ({ signal }) => ask('endpointAccess.get', { path, tenant, signal }),
    enabled: may,
  });
  const auth = access.data?.auth;
  const grants = useQuery({
    queryKey: ['endpoints', tenant, endpoint.id, 'grants'],
    queryFn: ({ signal }) => ask('endpointGrants.list', { path, tenant, signal }),
    enabled: auth?.kind === 'oauth2_code',
  });
  const needs = needsOf({ endpoint, stats, auth, grants: grants.data?.data, now: Date.parse(stats.to) });
  if (needs.length === 0) {
    return (
      <Text size="sm" className="tone-good">
        ✓ {overview.nothing}
      </Text>
    );
  }
  return (
    <ul className="needs">
      {needs.map((need) => (
        <li key={need.code === 'grant' ? need.label : need.code}>
          <Group gap="sm">
            <Text size="sm">
              <Words need={need} endpoint={endpoint} />
            </Text>
            <Remedy {...props} need={need} />
          </Group>
        </li>
      ))}
    </ul>
  );
}

function Words({ need, endpoint }: { need: Need } & Pick<TabProps, 'endpoint'>): ReactNode {
  const { needs } = useOwnTexts(own);
  switch (need.code) {
    case 'disabled':
    case 'paused':
      return (
        <>
          {needs[need.code](need.held)}{' '}
          <ReasonText
            words={need.reason}
            code={endpoint.stateReasonCode}
            params={endpoint.stateReasonParams}
          />
        </>
      );
    case 'enabling':
      return needs.enabling(need.held);
    case 'breaker':
      return (
        <>
          {needs.breaker(need.failures)}{' '}
          {need.until !== null && (
            <>
              {needs.breakerUntil} <TimeText at={need.until} exact />
            </>
          )}
        </>
      );
    case 'failing':
      return (
        <>
          {needs.failing(need.failures)} <TimeText at={need.since} />
        </>
      );
    case 'backlog':
      return (
        <>
          {needs.backlog(need.due)} <TimeText at={need.since} />
        </>
      );
    case 'grant':
      return (
        <>
          {needs.grant(isolated(need.label))} <bdi>{need.reason}</bdi>
        </>
      );
    case 'certificate':
      return (
        <>
          {need.isOver ? needs.certificateOver : needs.certificate} <TimeText at={need.until} />
        </>
      );
    default:
      return needs[need.code];
  }
}

const TAB_OF: Readonly<Partial<Record<Need['code'], Tab>>> = {
  breaker: 'deliveries',
  failing: 'deliveries',
  backlog: 'deliveries',
  grant: 'access',
  ungranted: 'access',
  certificate: 'access',
};

function Remedy({ endpoint, tenant, may, search, show, need }: TabProps & { need: Need }): ReactNode {
  const { needs } = useOwnTexts(own);
  if (need.code === 'untried') return <TestButton endpoint={endpoint} tenant={tenant} />;
  if (need.code === 'disabled' || need.code === 'paused') {
    return may && <EnableButton endpoint={endpoint} tenant={tenant} />;
  }
  const tab = TAB_OF[need.code];
  if (tab === undefined) return null;
  return (
    <Button
      size="xs"
      variant="default"
      onClick={() => {
        show({ ...search, tab });
      }}
    >
      {tab === 'access' ? needs.toAccess : needs.toDeliveries}
    </Button>
  );
}
