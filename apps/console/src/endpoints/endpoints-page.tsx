import { Button, SegmentedControl, Stack } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointOverviewDto } from '../api/operations';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { EndlessList } from '../list/endless-list';
import { rowHeightOf } from '../list/row-height-of';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { onlySet } from '../list/read-filters';
import { PageHead } from '../page/page-head';
import { durationText } from '../texts/durations';
import { useLanguage, useOwnTexts } from '../texts/language';
import { ENDPOINT_STATES, STATE_TONES } from './endpoint-search';
import './endpoints.css';
import { backlogText, countText, shareText, sumsOf } from './numbers';
import { TriesSpark } from './tries-spark';
import { EnableButton, PauseButton } from './state-buttons';
import { own } from './texts';

const FROM = '/shell/t/$tenant/endpoints';
const PAGE = 100;
const ROW_PX = 52;
const NARROW_ROW_PX = 92;

/** The list of endpoints: how each fares, and what can be done about it at once. */
export function EndpointsPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/endpoints' });
  const may = mayManage(useRole(tenant));
  const { rows, query } = usePages(['endpoints', tenant, 'fares', search], (cursor, signal) =>
    ask('endpointStats.overview', { query: { ...search, limit: PAGE, cursor }, tenant, signal }),
  );
  const show = (state: string): void =>
    void navigate({
      search: onlySet({ state: ENDPOINT_STATES.find((one) => one === state) }),
      replace: true,
    });
  return (
    <Stack gap="sm">
      <PageHead title={texts.title} about={texts.about}>
        {may && (
          <Button
            size="xs"
            renderRoot={(props) => <Link to="/t/$tenant/endpoints/new" params={{ tenant }} {...props} />}
          >
            {texts.add}
          </Button>
        )}
      </PageHead>
      <div className="scroll-choices">
        <SegmentedControl
          aria-label={texts.state}
          size="xs"
          data={[
            { value: 'all', label: texts.all },
            ...ENDPOINT_STATES.map((state) => ({ value: state, label: texts.states[state] })),
          ]}
          value={search.state ?? 'all'}
          onChange={show}
        />
      </div>
      <Listed
        error={query.error}
        retry={query.refetch}
        count={rows?.length}
        none={texts.none}
        clear={
          search.state === undefined
            ? undefined
            : () => {
                show('all');
              }
        }
      >
        <EndlessList
          label={texts.title}
          className="cells-endpoints"
          columns={[
            { text: texts.name },
            { text: texts.state },
            { text: texts.tries },
            { text: texts.success },
            { text: texts.answers },
            { text: texts.waiting },
            { text: texts.actions },
          ]}
          rows={rows ?? []}
          keyOf={({ id }) => id}
          cells={(endpoint) => <Cells endpoint={endpoint} tenant={tenant} may={may} />}
          rowHeight={rowHeightOf(ROW_PX, NARROW_ROW_PX)}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          loadMore={query.fetchNextPage}
        />
      </Listed>
    </Stack>
  );
}

interface CellsProps {
  endpoint: EndpointOverviewDto;
  tenant: string;
  may: boolean;
}

function Cells({ endpoint, tenant, may }: CellsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { id, name, state, url, format, buckets, successRate, p95Ms, backlog } = endpoint;
  const { delivered, failed } = sumsOf(buckets);
  const words = texts.spark(countText(delivered, language), countText(failed, language));
  return (
    <>
      <span role="cell" className="endpoint-name">
        <Link to="/t/$tenant/endpoints/$endpointId" params={{ tenant, endpointId: id }}>
          <bdi>{name}</bdi>
        </Link>
        <small>
          {texts.formats[format] ?? format} · <bdi>{url}</bdi>
        </small>
      </span>
      <span role="cell" className={STATE_TONES[state]}>
        {texts.states[state]}
      </span>
      <span role="cell">
        <TriesSpark points={buckets} label={words} />
      </span>
      <span role="cell" className={`number ${(successRate ?? 1) < 0.9 ? 'tone-bad' : ''}`}>
        {shareText(successRate, language)}
      </span>
      <span role="cell" className="number wide">
        <bdi>{p95Ms === null ? '–' : durationText(p95Ms, language)}</bdi>
      </span>
      <span role="cell" className="number wide">
        {backlogText(backlog, language)}
      </span>
      <span role="cell" className="row-actions">
        {may &&
          (state === 'enabled' ? (
            <PauseButton endpoint={endpoint} tenant={tenant} />
          ) : (
            <EnableButton endpoint={endpoint} tenant={tenant} />
          ))}
      </span>
    </>
  );
}
