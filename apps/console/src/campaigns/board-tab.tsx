import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CampaignStatsDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { nowMs } from '../page/now-ms';
import { useOwnTexts } from '../texts/language';
import type { PartProps } from './part-props';
import { LEAD_STATES } from './campaign-search';
import { HoursChart } from './hours-chart';
import { own } from './texts';
import type { CampaignNow } from './use-campaigns-now';
import { useWritten } from './use-written';

const ASK_EVERY_MS = 30_000;

/** What a campaign does and what comes of it. */
export function BoardTab({ campaign, tenant, now }: PartProps & { now: CampaignNow | undefined }): ReactNode {
  const path = { id: campaign.id };
  const stats = useQuery({
    queryKey: ['campaigns', tenant, campaign.id, 'statistics'],
    queryFn: ({ signal }) =>
      ask('campaignInsight.statistics', { path, query: { ...today(), by: 'hour' }, tenant, signal }),
    refetchInterval: ASK_EVERY_MS,
  });
  return (
    <div className="campaign-panels">
      <Lines now={now} />
      <Loaded query={stats}>
        {(data) => (
          <>
            <Outcome stats={data} />
            <Leads stats={data} campaignId={campaign.id} tenant={tenant} />
            <HoursChart stats={data} />
          </>
        )}
      </Loaded>
    </div>
  );
}

/** Since midnight by the reader's clock. */
function today(): { from: string; zone: string } {
  const from = new Date(nowMs());
  from.setHours(0, 0, 0, 0);
  return { from: from.toISOString(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

function Lines({ now }: { now: CampaignNow | undefined }): ReactNode {
  const texts = useOwnTexts(own);
  const { count } = useWritten();
  const shown = (value: number | undefined): string => (value === undefined ? '–' : count(value));
  const { calls, agents, pace } = now ?? {};
  return (
    <>
      <section>
        <h2>{texts.lines}</h2>
        <Facts
          of={{
            [texts.dialling]: shown(calls?.dialling),
            [texts.talking]: shown(calls?.talking),
            [texts.waiting]: shown(calls?.waiting),
            [texts.placed]: shown(pace?.placed),
            [texts.wanted]: shown(pace?.wanted),
          }}
        />
        <Text size="sm" mt="xs">
          {texts.whyPace}:{' '}
          <strong>
            {now?.rule == null ? texts.rules['not_looked'] : (texts.rules[now.rule] ?? now.rule)}.
          </strong>{' '}
          <bdi>{now?.why}</bdi>
        </Text>
      </section>
      <section>
        <h2>{texts.agents}</h2>
        <Facts
          of={{
            [texts.agentsFree]: shown(agents?.free),
            [texts.agentsBusy]: shown(agents?.busy),
            [texts.agentsMembers]: shown(agents?.members),
          }}
        />
      </section>
    </>
  );
}

function Outcome({ stats: { total, target, last30Days } }: { stats: CampaignStatsDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { count, percent } = useWritten();
  const isAbove = total.abandonment !== null && total.abandonment > target;
  return (
    <section>
      <h2>{texts.today}</h2>
      <Facts
        of={{
          [texts.dials]: count(total.dials),
          [texts.answers]: `${count(total.answers)} (${percent(total.answerRate)})`,
          [texts.served]: count(total.served),
          [texts.drops]: (
            <span className={isAbove ? 'tone-bad' : undefined}>
              {count(total.drops)} ({percent(total.abandonment)})
            </span>
          ),
          [texts.month]: (
            <span className={last30Days.withinTarget === false ? 'tone-bad' : undefined}>
              {percent(last30Days.abandonment)}, {texts.limit(percent(target))}
              {last30Days.withinTarget !== null &&
                `: ${last30Days.withinTarget ? texts.within : texts.above}`}
            </span>
          ),
        }}
      />
    </section>
  );
}

interface LeadsProps {
  stats: CampaignStatsDto;
  campaignId: string;
  tenant: string;
}

function Leads({ stats: { leads }, campaignId, tenant }: LeadsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { count } = useWritten();
  const facts = LEAD_STATES.map((state) => [
    texts.leadStates[state],
    <TextLink
      key={state}
      to="/t/$tenant/campaigns/$campaignId"
      params={{ tenant, campaignId }}
      search={{ tab: 'leads', state }}
    >
      {count(leads?.[state] ?? 0)}
    </TextLink>,
  ]);
  return (
    <section>
      <h2>{texts.leadsByState}</h2>
      <Facts of={Object.fromEntries(facts) as Record<string, ReactNode>} />
    </section>
  );
}
