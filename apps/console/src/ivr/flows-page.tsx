import { Button, Group, Popover, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { EndlessList } from '../list/endless-list';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { PageHead } from '../page/page-head';
import { useLanguage, useOwnTexts } from '../texts/language';
import { namesAt, type FlowDocument } from './flow-document';
import './ivr.css';
import { own } from './texts';

const FROM = '/shell/t/$tenant/ivr';
const PAGE = 100;
const ROW_PX = 38;

/** Something small that works, to be changed. */
const FIRST: FlowDocument = {
  start: 'main',
  menus: {
    main: {
      prompts: [{ say: 'recording', recording: 'welcome' }],
      digits: { '1': { do: 'dial', targets: [{ type: 'extension', target: '100' }] } },
    },
  },
};

export function FlowsPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const role = useRole(tenant);
  const mayChange = mayManage(role);
  const { rows, query } = usePages(['ivr', tenant, 'list'], (cursor, signal) =>
    ask('ivrFlows.list', { query: { limit: PAGE, cursor }, tenant, signal }),
  );
  return (
    <Stack gap="sm">
      <PageHead title={texts.title} about={mayChange ? texts.about : texts.onlyAdmins}>
        {mayChange && <NewFlow tenant={tenant} />}
      </PageHead>
      <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.none}>
        <Rows rows={rows ?? []} tenant={tenant} query={query} />
      </Listed>
    </Stack>
  );
}

type Listing = ReturnType<typeof usePages<Awaited<ReturnType<typeof ask<'ivrFlows.list'>>>['data'][number]>>;

interface RowsProps {
  rows: NonNullable<Listing['rows']>;
  query: Listing['query'];
  tenant: string;
}

function Rows({ rows, tenant, query }: RowsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  return (
    <EndlessList
      label={texts.title}
      className="cells-flows"
      columns={[
        { text: texts.name },
        { text: texts.menus },
        { text: texts.version, wide: true },
        { text: texts.updated, wide: true },
      ]}
      rows={rows}
      keyOf={({ id }) => id}
      cells={({ id, name, document, version, updatedAt }) => (
        <>
          <span role="cell">
            <Link to="/t/$tenant/ivr/$flowId" params={{ tenant, flowId: id }}>
              <bdi>{name}</bdi>
            </Link>
          </span>
          <span role="cell" className="number">
            {namesAt(document as FlowDocument, ['menus']).length.toLocaleString(language)}
          </span>
          <span role="cell" className="number wide">
            {version.toLocaleString(language)}
          </span>
          <span role="cell" className="wide">
            <TimeText at={updatedAt} />
          </span>
        </>
      )}
      rowHeight={ROW_PX}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      loadMore={query.fetchNextPage}
    />
  );
}

function NewFlow({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: () => ask('ivrFlows.create', { body: { name: name.trim(), document: FIRST }, tenant }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['ivr', tenant] });
      await navigate({ to: '/t/$tenant/ivr/$flowId', params: { tenant, flowId: id } });
    },
  });
  return (
    <Popover trapFocus position="bottom-end" withinPortal={false}>
      <Popover.Target>
        <Button size="xs">{texts.make}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            making.mutate();
          }}
        >
          <Group gap="xs" align="flex-end">
            <TextInput
              size="xs"
              label={texts.name}
              required
              maxLength={100}
              value={name}
              onChange={({ currentTarget }) => {
                setName(currentTarget.value);
              }}
            />
            <Button size="xs" type="submit" loading={making.isPending}>
              {texts.makeIt}
            </Button>
          </Group>
          {making.error !== null && <ProblemNotice error={making.error} />}
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
