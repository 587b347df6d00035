import { Stack } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CallDto } from '../api/operations';
import { EndlessList } from '../list/endless-list';
import { Listed } from '../list/listed';
import { newerOf } from '../list/newer-of';
import { onlySet } from '../list/read-filters';
import { rowHeightOf } from '../list/row-height-of';
import { TimeText } from '../list/time-text';
import { useNewest } from '../list/use-newest';
import { PageHead } from '../page/page-head';
import { clockText } from '../texts/durations';
import { useOwnTexts, useTexts } from '../texts/language';
import { CallFilterBar } from './call-filter-bar';
import type { CallFilters } from './call-filters';
import './calls.css';
import { WithWhom, toneOf } from './party-text';
import { own } from './texts';

const FROM = '/shell/t/$tenant/calls';
const PAGE = 100;

/** The list of calls. All of its filters are in the address. */
export function CallsPage(): ReactNode {
  const calls = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const filters = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/calls' });
  const show = (next: CallFilters): void => void navigate({ search: onlySet(next), replace: true });
  const list = useNewest(['calls', tenant, 'list', filters], (cursor, signal) =>
    ask('calls.list', { query: { ...filters, limit: PAGE, cursor }, tenant, signal }),
  );
  const cells = useCallback((call: CallDto) => <Cells call={call} tenant={tenant} />, [tenant]);
  const clear = (): void => {
    show({});
  };
  return (
    <Stack gap="sm">
      <PageHead title={calls.title} />
      <CallFilterBar filters={filters} show={show} key={tenant} />
      <Listed
        error={list.error}
        retry={list.refetch}
        count={list.rows?.length}
        none={calls.none}
        clear={Object.keys(filters).length > 0 ? clear : undefined}
      >
        <EndlessList
          label={calls.title}
          className="cells-calls"
          columns={[
            { text: calls.when },
            { text: calls.direction, wide: true },
            { text: calls.who },
            { text: calls.line, wide: true },
            { text: calls.agent, wide: true },
            { text: calls.result },
            { text: calls.talk, wide: true },
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

function Cells({ call, tenant }: { call: CallDto; tenant: string }): ReactNode {
  const texts = useTexts();
  const calls = useOwnTexts(own);
  const side = call.did ?? (call.direction === 'outbound' ? call.from : call.to);
  return (
    <>
      <span role="cell">
        <Link to="/t/$tenant/calls/$callId" params={{ tenant, callId: call.id }}>
          <TimeText at={call.startedAt} />
        </Link>
      </span>
      <span role="cell" className="wide">
        {texts.directions[call.direction]}
      </span>
      <span role="cell">
        <WithWhom call={call} withheld={calls.withheld} />
      </span>
      <span role="cell" className="wide number">
        <bdi>{call.did?.label ?? side.e164 ?? side.original}</bdi>
      </span>
      <span role="cell" className="wide">
        <bdi>{call.agent?.name ?? call.extensionLabel ?? call.extension ?? '–'}</bdi>
      </span>
      <span role="cell" className={toneOf(call.result)}>
        {texts.results[call.result]}
      </span>
      <span role="cell" className="number wide">
        <bdi>{call.talkSeconds === null ? '–' : clockText(call.talkSeconds)}</bdi>
        {call.recordings.length > 0 && <span title={calls.hasRecording}> ●</span>}
      </span>
    </>
  );
}
