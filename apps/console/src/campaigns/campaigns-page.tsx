import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CampaignDto, DialPackDto } from '../api/operations';
import { useRole } from '../app/use-role';
import { EndlessList } from '../list/endless-list';
import { rowHeightOf } from '../list/row-height-of';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { onlySet } from '../list/read-filters';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { CAMPAIGN_STATES } from './campaign-search';
import { limitOf } from './limit-of';
import { StateText } from './state-text';
import { own } from './texts';
import { MOST_WAITING, useCampaignsNow, type CampaignNow } from './use-campaigns-now';
import { useWritten } from './use-written';
import './campaigns.css';

const FROM = '/shell/t/$tenant/campaigns';
const PAGE = 100;
const ROW_PX = 44;
const NARROW_ROW_PX = 64;

/** The list of campaigns, with what each of them does now. */
export function CampaignsPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const filters = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/campaigns' });
  const role = useRole(tenant);
  const { rows, query } = usePages(['campaigns', tenant, 'list', filters], (cursor, signal) =>
    ask('campaigns.list', { query: { ...filters, limit: PAGE, cursor }, tenant, signal }),
  );
  const now = useCampaignsNow(tenant, 'campaigns');
  const packs = usePacks(tenant);
  const clear = (): void => void navigate({ search: {}, replace: true });
  return (
    <Stack gap="sm">
      <PageHead title={texts.title} about={texts.about}>
        {role !== 'supervisor' && (
          <Button
            size="xs"
            renderRoot={(props) => <Link {...props} to="/t/$tenant/campaigns/new" params={{ tenant }} />}
          >
            {texts.make}
          </Button>
        )}
      </PageHead>
      <Group>
        <NativeSelect
          size="xs"
          label={texts.state}
          data={[
            { value: '', label: texts.any },
            ...CAMPAIGN_STATES.map((state) => ({ value: state, label: texts.states[state] })),
          ]}
          value={filters.state ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const state = CAMPAIGN_STATES.find((one) => one === value);
            void navigate({ search: onlySet({ state }), replace: true });
          }}
        />
      </Group>
      <Listed
        error={query.error}
        retry={query.refetch}
        count={rows?.length}
        none={texts.none}
        clear={filters.state === undefined ? undefined : clear}
      >
        <EndlessList
          label={texts.title}
          className="cells-campaigns"
          columns={[
            { text: texts.setting.name[0] },
            { text: texts.state },
            { text: texts.mode, wide: true },
            { text: texts.pace, wide: true },
            { text: texts.left },
            { text: texts.answerRate, wide: true },
            { text: texts.abandoned },
          ]}
          rows={rows ?? []}
          keyOf={({ id }) => id}
          cells={(campaign) => (
            <Cells campaign={campaign} now={now.get(campaign.id)} tenant={tenant} packs={packs} />
          )}
          rowHeight={rowHeightOf(ROW_PX, NARROW_ROW_PX)}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          loadMore={query.fetchNextPage}
        />
      </Listed>
    </Stack>
  );
}

function usePacks(tenant: string): readonly DialPackDto[] {
  const { data } = useQuery({
    queryKey: ['dial-packs', tenant],
    queryFn: ({ signal }) => ask('dialPacks.list', { tenant, signal }),
    staleTime: Infinity,
  });
  return data?.data ?? [];
}

interface CellsProps {
  campaign: CampaignDto;
  now: CampaignNow | undefined;
  tenant: string;
  packs: readonly DialPackDto[];
}

function Cells({ campaign, now, tenant, packs }: CellsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { count, percent } = useWritten();
  const { calls = null, lastDay, waiting } = now ?? {};
  const limit = limitOf(campaign.settings, packs);
  const share = lastDay?.abandonedShare ?? null;
  const rate = lastDay === undefined || lastDay.dials === 0 ? null : lastDay.answers / lastDay.dials;
  return (
    <>
      <span role="cell">
        <Link to="/t/$tenant/campaigns/$campaignId" params={{ tenant, campaignId: campaign.id }}>
          <bdi>{campaign.name}</bdi>
        </Link>
      </span>
      <span role="cell">
        <StateText state={now?.state ?? campaign.state} />
      </span>
      <span role="cell" className="wide">
        {texts.modes[campaign.mode]}
      </span>
      <span role="cell" className="wide">
        {calls === null ? '–' : texts.paceOf(count(calls.dialling), count(calls.talking))}
      </span>
      <span role="cell" className="number">
        {waiting === undefined ? '–' : `${count(waiting)}${waiting >= MOST_WAITING ? '+' : ''}`}
      </span>
      <span role="cell" className="wide number">
        {percent(rate)}
      </span>
      <span role="cell" className={share !== null && share > limit ? 'tone-bad number' : 'number'}>
        {percent(share)} <small>{texts.limit(percent(limit))}</small>
      </span>
    </>
  );
}
