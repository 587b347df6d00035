import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { DeliveryDto, EndpointDto } from '../api/operations';
import { EndlessList } from '../list/endless-list';
import { Listed } from '../list/listed';
import { newerOf } from '../list/newer-of';
import { onlySet } from '../list/read-filters';
import { rowHeightOf } from '../list/row-height-of';
import { TimeText } from '../list/time-text';
import { useNewest } from '../list/use-newest';
import { PageHead } from '../page/page-head';
import { ReasonText } from '../reasons/reason-text';
import { useOwnTexts, useTexts } from '../texts/language';
import './deliveries.css';
import { DeliveryFilterBar } from './delivery-filter-bar';
import { STATE_TONES, type DeliveryFilters } from './delivery-filters';
import { RetryFiltered } from './retry-filtered';
import { own } from './texts';

const FROM = '/shell/t/$tenant/deliveries';
const PAGE = 100;

/** The list of deliveries. All of its filters are in the address. */
export function DeliveriesPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const filters = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/deliveries' });
  const show = (next: DeliveryFilters): void => void navigate({ search: onlySet(next), replace: true });
  const list = useNewest(['deliveries', tenant, 'list', filters], (cursor, signal) =>
    ask('deliveries.list', { query: { ...filters, limit: PAGE, cursor }, tenant, signal }),
  );
  const endpoints = useEndpoints(tenant);
  const cells = useCallback(
    (delivery: DeliveryDto) => (
      <Cells
        delivery={delivery}
        tenant={tenant}
        endpoint={endpoints.find(({ id }) => id === delivery.endpointId)?.name ?? '–'}
      />
    ),
    [tenant, endpoints],
  );
  const clear = (): void => {
    show({});
  };
  return (
    <Stack gap="sm">
      <PageHead title={texts.title}>
        <RetryFiltered filters={filters} tenant={tenant} />
      </PageHead>
      <DeliveryFilterBar filters={filters} endpoints={endpoints} show={show} key={tenant} />
      <Listed
        error={list.error}
        retry={list.refetch}
        count={list.rows?.length}
        none={texts.none}
        clear={Object.keys(filters).length > 0 ? clear : undefined}
      >
        <EndlessList
          label={texts.title}
          className="cells-deliveries"
          columns={[
            { text: texts.created },
            { text: texts.event },
            { text: texts.endpoint },
            { text: texts.state },
            { text: texts.status, wide: true },
            { text: texts.tries, wide: true },
            { text: texts.reason, wide: true },
          ]}
          rows={list.rows ?? []}
          keyOf={({ id }) => id}
          cells={cells}
          rowHeight={rowHeightOf()}
          hasMore={list.hasMore}
          isLoadingMore={list.isLoadingMore}
          loadMore={list.loadMore}
          newer={newerOf(list)}
        />
      </Listed>
    </Stack>
  );
}

const NONE: readonly EndpointDto[] = [];

function useEndpoints(tenant: string): readonly EndpointDto[] {
  const { data } = useQuery({
    queryKey: ['endpoints', tenant, 'names'],
    queryFn: ({ signal }) => ask('endpoints.list', { query: { limit: 200 }, tenant, signal }),
    staleTime: 60_000,
  });
  return data?.data ?? NONE;
}

interface CellsProps {
  delivery: DeliveryDto;
  tenant: string;
  /** Its name. */
  endpoint: string;
}

function Cells({ delivery, tenant, endpoint }: CellsProps): ReactNode {
  const { deliveryStates } = useTexts();
  const { reason, reasonCode, reasonParams } = delivery;
  return (
    <>
      <span role="cell">
        <Link to="/t/$tenant/deliveries/$deliveryId" params={{ tenant, deliveryId: delivery.id }}>
          <TimeText at={delivery.createdAt} exact />
        </Link>
      </span>
      <span role="cell">
        <bdi>{delivery.eventType}</bdi>
      </span>
      <span role="cell">
        <bdi>{endpoint}</bdi>
      </span>
      <span role="cell" className={STATE_TONES[delivery.state]}>
        {deliveryStates[delivery.state]}
      </span>
      <span role="cell" className="wide number">
        {delivery.lastStatus ?? '–'}
      </span>
      <span role="cell" className="wide number">
        {delivery.attemptCount}
      </span>
      <span role="cell" className="wide" title={reason ?? ''}>
        {reason !== null && <ReasonText words={reason} code={reasonCode} params={reasonParams} />}
      </span>
    </>
  );
}
