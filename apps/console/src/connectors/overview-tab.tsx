import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { durationText } from '../texts/durations';
import { useLanguage, useOwnTexts } from '../texts/language';
import { AccessSection } from './access-section';
import type { ConnectionProps } from './connector-page';
import { EventsSection } from './events-section';
import { Notice } from './notice';
import { ProbeSection } from './probe-section';
import { own } from './texts';

/** Whether it works, how it fared, what it signs in with and what it is told. */
export function OverviewTab(props: ConnectionProps): ReactNode {
  const { tenant, endpoint } = props;
  const isAdmin = mayManage(useRole(tenant));
  return (
    <>
      {endpoint.stateReason !== null && (
        <Notice tone="bad" title={<bdi lang="en">{endpoint.stateReason}</bdi>} />
      )}
      {isAdmin && <ProbeSection {...props} />}
      <Health {...props} />
      {isAdmin && <AccessSection {...props} />}
      <EventsSection {...props} isAdmin={isAdmin} />
    </>
  );
}

function Health({ tenant, endpoint: { id, state } }: ConnectionProps): ReactNode {
  const { health } = useOwnTexts(own);
  const { language } = useLanguage();
  const stats = useQuery({
    queryKey: ['endpoints', tenant, id, 'stats'],
    queryFn: ({ signal }) => ask('endpointStats.of', { path: { id }, query: { hours: 24 }, tenant, signal }),
  });
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <section className="con-section">
      <Title order={2}>
        {health.title}{' '}
        <Text span size="sm" c="dimmed">
          {health.lastDay}
        </Text>
      </Title>
      <Loaded query={stats}>
        {({ delivered, failed, successRate, all, now }) => (
          <>
            {now.breaker !== 'closed' && <Text className="tone-bad">{health.breaker}</Text>}
            <Facts
              of={{
                [health.state]: health.states[state],
                [health.delivered]: number.format(delivered),
                [health.failed]: number.format(failed),
                [health.success]: successRate === null ? '–' : percent.format(successRate),
                [health.waiting]: number.format(now.due.count),
                [health.held]: number.format(now.held.count),
                [health.slowest]: all.p95Ms === null ? '–' : <bdi>{durationText(all.p95Ms, language)}</bdi>,
                [health.next]:
                  now.nextAttemptAt === null ? undefined : <TimeText at={now.nextAttemptAt} exact />,
              }}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}
