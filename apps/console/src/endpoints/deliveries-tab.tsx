import { Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { DeliveryDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { EndlessList } from '../list/endless-list';
import { rowHeightOf } from '../list/row-height-of';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { listWords } from '../list/list-words';
import { ReasonText } from '../reasons/reason-text';
import { useOwnTexts, useTexts } from '../texts/language';
import type { TabProps } from './endpoint-page';
import { ownTabs } from './tab-texts';

const PAGE = 100;

const TONES: Readonly<Record<DeliveryDto['state'], string>> = {
  due: 'tone-waiting',
  delivered: 'tone-good',
  dead: 'tone-bad',
  held: 'tone-waiting',
  skipped: 'tone-quiet',
};

/** What was sent to it, the newest first. */
export function DeliveriesTab({ endpoint, tenant }: TabProps): ReactNode {
  const texts = useOwnTexts(listWords);
  const { deliveries } = useOwnTexts(ownTabs);
  const { rows, query } = usePages(['deliveries', tenant, 'of', endpoint.id], (cursor, signal) =>
    ask('deliveries.list', { query: { endpointId: endpoint.id, limit: PAGE, cursor }, tenant, signal }),
  );
  return (
    <Stack gap="sm" className="in-tab">
      <TextLink to="/t/$tenant/deliveries" params={{ tenant }} search={{ endpointId: endpoint.id }} size="sm">
        {deliveries.all}
      </TextLink>
      <Listed error={query.error} retry={query.refetch} count={rows?.length} none={deliveries.none}>
        <EndlessList
          label={texts.deliveries}
          className="cells-sent"
          columns={[
            { text: texts.created },
            { text: texts.event },
            { text: texts.state },
            { text: texts.status },
            { text: texts.tries },
            { text: texts.reason },
          ]}
          rows={rows ?? []}
          keyOf={({ id }) => id}
          cells={(delivery) => <Cells delivery={delivery} tenant={tenant} />}
          rowHeight={rowHeightOf()}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          loadMore={query.fetchNextPage}
        />
      </Listed>
    </Stack>
  );
}

function Cells({ delivery, tenant }: { delivery: DeliveryDto; tenant: string }): ReactNode {
  const { deliveryStates } = useTexts();
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
      <span role="cell" className={TONES[delivery.state]}>
        {deliveryStates[delivery.state]}
      </span>
      <span role="cell" className="wide number">
        {delivery.lastStatus ?? '–'}
      </span>
      <span role="cell" className="wide number">
        {delivery.attemptCount}
      </span>
      <span role="cell" className="wide">
        <ReasonText words={delivery.reason} code={delivery.reasonCode} params={delivery.reasonParams} />
      </span>
    </>
  );
}
