import { Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { EndpointOverviewDto, WaitingDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { valueText } from '../charts/chart-words';
import { Meter } from '../charts/share-bar';
import { TimeText } from '../list/time-text';
import { useLanguage, useOwnTexts } from '../texts/language';
import { endpointFigures } from './figures';
import { own } from './texts';

const MOST_SHOWN = 10;

/** What waits to be delivered, and for whom: the longest queue first. */
export function BacklogPanel({ tenant, now }: { tenant: string; now: WaitingDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { data } = useQuery(endpointFigures(tenant));
  const count = ({ count: number, atLeast }: WaitingDto['due']): string =>
    `${valueText(number, 'count', language)}${atLeast ? '+' : ''}`;
  const queues = [...(data?.data ?? [])]
    .filter(({ backlog, state }) => backlog.count > 0 || state !== 'enabled')
    .sort((a, b) => b.backlog.count - a.backlog.count)
    .slice(0, MOST_SHOWN);
  const hasEndpoint = Object.values(now.endpoints ?? {}).some((number) => number > 0);
  return (
    <Stack gap="xs" className="panel" component="section" aria-labelledby="backlog">
      <Title order={2} size="h5" id="backlog">
        {texts.backlog}
      </Title>
      <Text size="sm" c="dimmed">
        {!hasEndpoint
          ? texts.backlogNoEndpoint
          : now.due.count + now.held.count === 0
            ? texts.backlogNone
            : [
                now.due.count > 0 ? texts.due(count(now.due)) : [],
                now.held.count > 0 ? texts.held(count(now.held)) : [],
              ]
                .flat()
                .join(' · ')}
      </Text>
      {queues.length > 0 && <Queues tenant={tenant} queues={queues} />}
    </Stack>
  );
}

function Queues({ tenant, queues }: { tenant: string; queues: readonly EndpointOverviewDto[] }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const most = Math.max(1, ...queues.map(({ backlog }) => backlog.count));
  return (
    <Table.ScrollContainer
      minWidth={300}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': texts.backlog } }}
    >
      <Table fz="sm" className="number">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.endpoint}</Table.Th>
            <Table.Th>{texts.waiting}</Table.Th>
            <Table.Th>{texts.oldest}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {queues.map(({ id, name, state, backlog, oldestWaitingSince }) => {
            const waiting = `${valueText(backlog.count, 'count', language)}${backlog.atLeast ? '+' : ''}`;
            return (
              <Table.Tr key={id}>
                <Table.Td>
                  <TextLink
                    size="sm"
                    to="/t/$tenant/endpoints/$endpointId"
                    params={{ tenant, endpointId: id }}
                  >
                    <bdi>{name}</bdi>
                  </TextLink>
                  {state !== 'enabled' && <span className="tone-waiting"> · {texts.states[state]}</span>}
                </Table.Td>
                <Table.Td>
                  <div className="queue-bar">
                    <span>{waiting}</span>
                    <Meter label={waiting} value={backlog.count} most={most} tone="waiting" />
                  </div>
                </Table.Td>
                <Table.Td>
                  <TimeText at={oldestWaitingSince} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
