import { Alert, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Loaded } from '../page/loaded';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { BacklogPanel } from './backlog';
import { Charts } from './charts';
import { overviewOf } from './figures';
import { LinkButton } from './link-button';
import { NeedList } from './need-list';
import './overview.css';
import { SPANS } from './routes';
import { own } from './texts';
import { Tiles } from './tiles';

const FROM = '/shell/t/$tenant/overview';

/** How a tenant fares: four numbers, what needs somebody, and how it went. */
export function OverviewPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const { span = 'week' } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/overview' });
  const overview = useQuery(overviewOf(tenant));
  return (
    <Stack gap="md">
      <PageHead title={texts.title} about={texts.about} />
      <Loaded query={overview}>
        {(data) => (
          <>
            {data.calls.week.calls + data.calls.weekBefore.calls === 0 && <BeginHere tenant={tenant} />}
            <Tiles tenant={tenant} overview={data} />
            <NeedList tenant={tenant} needs={data.needs} />
            <Group justify="flex-end">
              <SegmentedControl
                aria-label={texts.span}
                size="xs"
                data={SPANS.map((value) => ({ value, label: texts.spans[value] }))}
                value={span}
                onChange={(value) =>
                  void navigate({ search: value === 'day' ? { span: 'day' } : {}, replace: true })
                }
              />
            </Group>
            <Charts tenant={tenant} span={span} />
            <BacklogPanel tenant={tenant} now={data.now} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

/** Nothing yet is not nothing wrong: the next steps. */
function BeginHere({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <Alert title={texts.begin} color="blue" variant="outline">
      <Text size="sm">{texts.beginAbout}</Text>
      <Group mt="xs" gap="xs">
        <LinkButton to="/t/$tenant/connections/new" params={{ tenant }}>
          {texts.connect}
        </LinkButton>
        <LinkButton variant="default" to="/t/$tenant/endpoints/new" params={{ tenant }}>
          {texts.addEndpoint}
        </LinkButton>
      </Group>
    </Alert>
  );
}
