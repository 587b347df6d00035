import { Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import type { CampaignStatsDto } from '../api/operations';
import { TimeChart } from '../charts/time-chart';
import { useOwnTexts } from '../texts/language';
import { abandonmentChart, answersChart, paceChart } from './hours-charts';
import { own } from './texts';

const GROUP = 'campaign';

/** The day by the hour: the pace and what came of it, abandoned against what is allowed, and how many answered. */
export function HoursChart({ stats }: { stats: CampaignStatsDto }): ReactNode {
  const texts = useOwnTexts(own);
  const charts = useMemo(
    () => ({
      [texts.chartPace]: paceChart(stats, texts),
      [texts.chart]: abandonmentChart(stats, texts),
      [texts.chartAnswers]: answersChart(stats, texts),
    }),
    [stats, texts],
  );
  return (
    <section style={{ gridColumn: '1 / -1' }}>
      <h2>{texts.today}</h2>
      {stats.buckets.some(({ dials }) => dials > 0) ? (
        Object.entries(charts).map(([name, data]) => (
          <TimeChart key={name} name={name} data={data} stacked={name === texts.chartPace} group={GROUP} />
        ))
      ) : (
        <Text size="sm">{texts.noCalls}</Text>
      )}
    </section>
  );
}
