import { SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointStatsDto } from '../api/operations';
import { TimeChart } from '../charts/time-chart';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { durationText } from '../texts/durations';
import { useLanguage, useOwnTexts } from '../texts/language';
import type { TabProps } from './endpoint-page';
import { DEFAULT_HOURS, WINDOWS } from './endpoint-search';
import { Needs } from './needs';
import { backlogText, countText, shareText } from './numbers';
import { latencyChart, triesChart } from './stat-charts';
import { own } from './texts';

const GROUP = 'endpoint';

/** What needs doing, how it stands now, and how it fared. */
export function OverviewTab(props: TabProps): ReactNode {
  const { endpoint, tenant, search, show } = props;
  const { overview: texts } = useOwnTexts(own);
  const hours = search.hours ?? DEFAULT_HOURS;
  const query = useQuery({
    queryKey: ['endpoints', tenant, endpoint.id, 'stats', hours],
    queryFn: ({ signal }) =>
      ask('endpointStats.of', { path: { id: endpoint.id }, query: { hours }, tenant, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query}>
      {(stats) => (
        <Stack gap="lg">
          <section>
            <Title order={2} size="h4" mb="xs">
              {texts.needs}
            </Title>
            <Needs {...props} stats={stats} />
          </section>
          <Now stats={stats} />
          <section>
            <div className="section-head">
              <Title order={2} size="h4">
                {texts.fares}
              </Title>
              <SegmentedControl
                aria-label={texts.window}
                size="xs"
                data={WINDOWS.map((one) => ({ value: String(one), label: texts.windows[one] }))}
                value={String(hours)}
                onChange={(chosen) => {
                  const wanted = WINDOWS.find((one) => String(one) === chosen && one !== DEFAULT_HOURS);
                  show({ ...search, hours: wanted });
                }}
              />
            </div>
            <Fares stats={stats} />
          </section>
          <About {...props} />
        </Stack>
      )}
    </Loaded>
  );
}

function Now({ stats: { now } }: { stats: EndpointStatsDto }): ReactNode {
  const { overview: texts } = useOwnTexts(own);
  const { language } = useLanguage();
  return (
    <Facts
      of={{
        [texts.due]: backlogText(now.due, language),
        [texts.held]: backlogText(now.held, language),
        [texts.oldest]: <TimeText at={now.oldestWaitingSince} />,
        [texts.next]: <TimeText at={now.nextAttemptAt} exact />,
        [texts.breaker]: (
          <span className={now.breaker === 'closed' ? 'tone-good' : 'tone-bad'}>
            {texts.breakers[now.breaker]}
          </span>
        ),
        [texts.inARow]: countText(now.failuresInARow, language),
        [texts.limit]: <bdi>{now.rateLimit}</bdi>,
      }}
    />
  );
}

function Fares({ stats }: { stats: EndpointStatsDto }): ReactNode {
  const { overview: texts, outcomes } = useOwnTexts(own);
  const { language } = useLanguage();
  const charts = useMemo(
    () => ({ tries: triesChart(stats.buckets, texts), latency: latencyChart(stats.buckets, texts) }),
    [stats, texts],
  );
  if (stats.tries === 0) return <Text size="sm">{texts.noTries}</Text>;
  const ms = (value: number | null): ReactNode =>
    value === null ? '–' : <bdi>{durationText(value, language)}</bdi>;
  const { answered } = stats;
  return (
    <Stack gap="sm">
      <Facts
        of={{
          [texts.rate]: shareText(stats.successRate, language),
          [texts.allTries]: countText(stats.tries, language),
          [texts.delivered]: countText(stats.delivered, language),
          [texts.failed]: countText(stats.failed, language),
        }}
      />
      <TimeChart name={texts.triesOverTime} data={charts.tries} stacked group={GROUP} />
      <TimeChart name={texts.latency} data={charts.latency} group={GROUP} />
      <Title order={3} size="h5">
        {texts.latency}
      </Title>
      <Facts
        of={{
          [texts.half]: ms(answered.p50Ms),
          [texts.p95]: ms(answered.p95Ms),
          [texts.p99]: ms(answered.p99Ms),
          [texts.longest]: ms(answered.maxMs),
        }}
      />
      <div className="two-columns">
        <Shares title={texts.outcomes} of={stats.byOutcome} nameOf={(name) => outcomes[name] ?? name} />
        <Shares
          title={texts.statuses}
          of={stats.byStatus}
          nameOf={(name) => (name === 'none' ? texts.noStatus : name)}
        />
      </div>
    </Stack>
  );
}

interface SharesProps {
  title: string;
  of: Readonly<Record<string, number>>;
  nameOf: (name: string) => string;
}

/** Counts beside each other, the largest first. */
function Shares({ title, of, nameOf }: SharesProps): ReactNode {
  const { language } = useLanguage();
  const all = Object.entries(of)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...all.map(([, count]) => count));
  return (
    <div>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      <dl className="shares">
        {all.map(([name, count]) => (
          <div key={name}>
            <dt>
              <bdi>{nameOf(name)}</bdi>
            </dt>
            <dd>
              <span className="share-bar" style={{ inlineSize: `${(count / most) * 100}%` }} aria-hidden />
              <span className="number">{countText(count, language)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function About({ endpoint }: TabProps): ReactNode {
  const { overview: texts } = useOwnTexts(own);
  return (
    <Facts
      of={{
        [texts.events]: <bdi>{endpoint.eventTypes.join(', ')}</bdi>,
        [texts.made]: <TimeText at={endpoint.createdAt} />,
        [texts.changed]: <TimeText at={endpoint.updatedAt} />,
        [texts.note]: endpoint.note === null ? undefined : <bdi>{endpoint.note}</bdi>,
      }}
    />
  );
}
