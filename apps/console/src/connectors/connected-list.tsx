import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectorDto, EndpointDto, EndpointOverviewDto } from '../api/operations';
import { Loaded } from '../page/loaded';
import { useLanguage, useOwnTexts } from '../texts/language';
import { own } from './texts';
import { useConnectors } from './use-connectors';

const MOST = 200;

/** Endpoints that are connections to a CRM, with how they fare. */
export function ConnectedList({ tenant }: { tenant: string }): ReactNode {
  const { list } = useOwnTexts(own);
  const connectors = useConnectors(tenant);
  const endpoints = useQuery({
    queryKey: ['endpoints', tenant, 'all'],
    queryFn: ({ signal }) => ask('endpoints.list', { query: { limit: MOST }, tenant, signal }),
  });
  const stats = useQuery({
    queryKey: ['endpoints', tenant, 'stats'],
    queryFn: ({ signal }) =>
      ask('endpointStats.overview', { query: { limit: MOST, hours: 24 }, tenant, signal }),
  });
  return (
    <Loaded query={connectors}>
      {(known) => (
        <Loaded query={endpoints}>
          {({ data }) => {
            const cards = data.flatMap((endpoint) => {
              const connector = known.find(({ name }) => name === endpoint.format);
              return connector === undefined ? [] : [{ endpoint, connector }];
            });
            if (cards.length === 0) return <Text size="sm">{list.nothingConnected}</Text>;
            return (
              <ul className="con-cards">
                {cards.map(({ endpoint, connector }) => (
                  <li key={endpoint.id}>
                    <ConnectedCard
                      {...{ tenant, endpoint, connector }}
                      stats={stats.data?.data.find(({ id }) => id === endpoint.id)}
                    />
                  </li>
                ))}
              </ul>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

interface ConnectedCardProps {
  tenant: string;
  endpoint: EndpointDto;
  connector: ConnectorDto;
  stats: EndpointOverviewDto | undefined;
}

function ConnectedCard({ tenant, endpoint, connector, stats }: ConnectedCardProps): ReactNode {
  const { health } = useOwnTexts(own);
  const { language } = useLanguage();
  const rate = stats?.successRate ?? null;
  return (
    <article className="con-card">
      <h3>
        <Link
          className="con-whole"
          to="/t/$tenant/connectors/$endpointId"
          params={{ tenant, endpointId: endpoint.id }}
        >
          <bdi>{endpoint.name}</bdi>
        </Link>
      </h3>
      <p>
        <bdi>{connector.title}</bdi> ·{' '}
        <span className={endpoint.state === 'enabled' ? 'tone-good' : 'tone-bad'}>
          {health.states[endpoint.state]}
        </span>
      </p>
      {endpoint.stateReason !== null && (
        <p className="tone-bad">
          <bdi>{endpoint.stateReason}</bdi>
        </p>
      )}
      <p className={rate !== null && rate < 0.9 ? 'tone-bad' : undefined}>
        {rate === null
          ? health.nothingYet
          : `${health.success} ${new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(rate)}`}
        {stats !== undefined && stats.backlog.count > 0 && (
          <>
            {' · '}
            {health.waiting} {new Intl.NumberFormat(language).format(stats.backlog.count)}
          </>
        )}
      </p>
    </article>
  );
}
