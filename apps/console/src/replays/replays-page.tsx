import { Progress, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointDto, ReplayDto } from '../api/operations';
import { EndlessList } from '../list/endless-list';
import { Listed } from '../list/listed';
import { newerOf } from '../list/newer-of';
import { rowHeightOf } from '../list/row-height-of';
import { TimeText } from '../list/time-text';
import { useNewest } from '../list/use-newest';
import { PageHead } from '../page/page-head';
import { useLanguage, useOwnTexts } from '../texts/language';
import { NewReplay } from './new-replay';
import { progressOf } from './replay-draft';
import './replays.css';
import { own } from './texts';

const FROM = '/shell/t/$tenant/replays';
const PAGE = 100;
const NONE: readonly EndpointDto[] = [];

/** What was sent again, and what may be. */
export function ReplaysPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const draft = useSearch({ from: FROM });
  const list = useNewest(['replays', tenant, 'list'], (cursor, signal) =>
    ask('replays.list', { query: { limit: PAGE, cursor }, tenant, signal }),
  );
  const endpoints =
    useQuery({
      queryKey: ['endpoints', tenant, 'names'],
      queryFn: ({ signal }) => ask('endpoints.list', { query: { limit: 200 }, tenant, signal }),
      staleTime: 60_000,
    }).data?.data ?? NONE;
  const cells = useCallback(
    (replay: ReplayDto) => (
      <Cells
        replay={replay}
        tenant={tenant}
        endpoint={endpoints.find(({ id }) => id === replay.endpointId)?.name ?? texts.all}
      />
    ),
    [tenant, endpoints, texts],
  );
  return (
    <Stack gap="sm">
      <PageHead title={texts.title} about={texts.about} />
      <NewReplay tenant={tenant} draft={draft} endpoints={endpoints} key={tenant} />
      <Listed error={list.error} retry={list.refetch} count={list.rows?.length} none={texts.none}>
        <EndlessList
          label={texts.title}
          className="cells-replays"
          columns={[
            { text: texts.ordered },
            { text: texts.kind },
            { text: texts.endpoint, wide: true },
            { text: texts.state },
            { text: texts.progress },
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

const TONES = {
  running: 'tone-ringing',
  done: 'tone-good',
  cancelling: 'tone-waiting',
  cancelled: 'tone-quiet',
} as const;

interface CellsProps {
  replay: ReplayDto;
  tenant: string;
  /** Its name, or that it is all of them. */
  endpoint: string;
}

function Cells({ replay, tenant, endpoint }: CellsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  return (
    <>
      <span role="cell">
        <Link to="/t/$tenant/replays/$replayId" params={{ tenant, replayId: replay.id }}>
          <TimeText at={replay.createdAt} exact />
        </Link>
      </span>
      <span role="cell">{texts.kinds[replay.kind]}</span>
      <span role="cell" className="wide">
        <bdi>{endpoint}</bdi>
      </span>
      <span role="cell" className={TONES[replay.state]}>
        {texts.states[replay.state]}
      </span>
      <span role="cell" className="replay-progress">
        <Progress value={progressOf(replay)} aria-label={texts.progress} />
        <bdi className="number">
          {number.format(replay.queued)}/{number.format(replay.total)}
          {replay.totalExact ? '' : '+'}
        </bdi>
      </span>
    </>
  );
}
