import { Button, Stack } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectionDto } from '../api/operations';
import { EndlessList } from '../list/endless-list';
import { rowHeightOf } from '../list/row-height-of';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { PageHead } from '../page/page-head';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import { STANDING_TONES, standingOf } from './standing-of';
import { own } from './texts';
import { connectionsKey, useDialects, useHealth } from './use-connection';
import { useMayManage } from './use-may-manage';
import './connections.css';

const FROM = '/shell/t/$tenant/connections';

/** The PBX accounts of a tenant, each with how it does. */
export function ConnectionsPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { places } = useTexts();
  const { tenant } = useParams({ from: FROM });
  const navigate = useNavigate();
  const { rows, query } = usePages([...connectionsKey(tenant), 'list'], (cursor, signal) =>
    ask('connections.list', { query: { limit: 50, cursor }, tenant, signal }),
  );
  return (
    <Stack gap="sm">
      <PageHead title={places.connections} about={texts.about}>
        {useMayManage(tenant) && (
          <Button
            size="xs"
            onClick={() => void navigate({ to: '/t/$tenant/connections/new', params: { tenant } })}
          >
            {texts.add}
          </Button>
        )}
      </PageHead>
      <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.none}>
        <EndlessList
          label={places.connections}
          className="cells-connections"
          columns={[
            { text: texts.name },
            { text: texts.dialect, wide: true },
            { text: texts.state },
            { text: texts.lastWebhook },
            { text: texts.lastDay, wide: true },
          ]}
          rows={rows ?? []}
          keyOf={({ id }) => id}
          cells={(connection) => <Cells connection={connection} tenant={tenant} />}
          rowHeight={rowHeightOf()}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          loadMore={query.fetchNextPage}
        />
      </Listed>
    </Stack>
  );
}

function Cells({ connection, tenant }: { connection: ConnectionDto; tenant: string }): ReactNode {
  const { standings, never } = useOwnTexts(own);
  const { language } = useLanguage();
  const { data: health } = useHealth(tenant, connection.id);
  const dialects = useDialects().data?.data;
  const standing = health && standingOf(health);
  const isWaiting = useMayManage(tenant) && standing === 'waiting';
  return (
    <>
      <span role="cell">
        {isWaiting ? (
          <Link to="/t/$tenant/connections/new" params={{ tenant }} search={{ connection: connection.id }}>
            <bdi>{connection.name}</bdi>
          </Link>
        ) : (
          <Link to="/t/$tenant/connections/$connectionId" params={{ tenant, connectionId: connection.id }}>
            <bdi>{connection.name}</bdi>
          </Link>
        )}
      </span>
      <span role="cell" className="wide">
        <bdi>{dialects?.find(({ name }) => name === connection.dialect)?.title ?? connection.dialect}</bdi>
      </span>
      <span role="cell" className={standing && STANDING_TONES[standing]}>
        {standing === 'warned'
          ? standings.warned(health?.warnings.length ?? 0)
          : standing && standings[standing]}
      </span>
      <span role="cell">
        {health && (health.lastWebhookAt === null ? never : <TimeText at={health.lastWebhookAt} />)}
      </span>
      <span role="cell" className="wide number">
        {health?.webhooks.lastDay.toLocaleString(language)}
      </span>
    </>
  );
}
