import { Button, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointProbedDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { durationText } from '../texts/durations';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts } from '../texts/language';
import type { ConnectionProps } from './connector-page';
import { Notice } from './notice';
import { own } from './texts';

/** Asks the CRM who we are there, at once and again whenever somebody wants, and says it in words. */
export function ProbeSection({ tenant, endpoint: { id, updatedAt } }: ConnectionProps): ReactNode {
  const { probe } = useOwnTexts(own);
  const asked = useQuery({
    // Not one of those that are asked again whenever a call ends.
    queryKey: ['crm-probe', tenant, id, updatedAt],
    queryFn: () => ask('endpointProbe.run', { path: { id }, tenant }),
    ...{ staleTime: 60_000, retry: false, refetchOnWindowFocus: false },
  });
  return (
    <section className="con-section" aria-live="polite">
      <Title order={2}>{probe.title}</Title>
      {asked.data !== undefined && <Probed probed={asked.data} />}
      {asked.error !== null && <ProblemNotice error={asked.error} />}
      <Group gap="sm">
        <Button size="xs" variant="default" loading={asked.isFetching} onClick={() => void asked.refetch()}>
          {probe.run}
        </Button>
        <Text size="sm" c="dimmed">
          {probe.about}
        </Text>
      </Group>
    </section>
  );
}

function Probed({ probed }: { probed: EndpointProbedDto }): ReactNode {
  const { probe } = useOwnTexts(own);
  const { language } = useLanguage();
  const { ok, account, lacks, problem, status, durationMs } = probed;
  const tone = ok ? (lacks.length > 0 ? 'waiting' : 'good') : 'bad';
  const title = ok
    ? account === null
      ? probe.works
      : probe.as(isolated(account))
    : status === null
      ? probe.unreachable
      : probe.refused;
  const answered = status === null ? probe.noAnswer : isolated(`HTTP ${status}`);
  return (
    <Notice tone={tone} title={title}>
      {problem !== null && (
        <p style={{ margin: 0 }}>
          <bdi lang="en">{problem}</bdi>
        </p>
      )}
      {lacks.length > 0 && (
        <>
          <p style={{ margin: 0 }}>{probe.lacks}</p>
          <ul>
            {lacks.map((one) => (
              <li key={one}>
                <bdi lang="en">{one}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      <Text size="xs" c="dimmed">
        {probe.took(durationText(durationMs, language), answered)}
      </Text>
    </Notice>
  );
}
