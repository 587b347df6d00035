import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { TenantTroubleDto } from '../api/operations';
import { EndlessList } from '../list/endless-list';
import { Listed } from '../list/listed';
import { momentText } from '../list/zoned-time';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts } from '../texts/language';
import { NewTenant } from './new-tenant';
import { own } from './texts';
import { troubleWords } from './trouble-words';

const LOOK_EVERY_MS = 15_000;
const MOST = 500;
const ROW_PX = 38;
const NARROW_ROW_PX = 64;

/** All tenants: those in trouble first, each with what it is. */
export function TenantsTab(): ReactNode {
  const texts = useOwnTexts(own);
  const { search } = useSearch({ from: '/shell/operator' });
  const navigate = useNavigate({ from: '/operator' });
  const query = useQuery({
    queryKey: ['operator', 'tenants', search],
    queryFn: ({ signal }) => ask('operator.tenants', { query: { search, limit: MOST }, signal }),
    refetchInterval: LOOK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  const { data } = query;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <Search
          text={search ?? ''}
          look={(text) => void navigate({ search: text === '' ? {} : { search: text }, replace: true })}
        />
        <NewTenant />
      </Group>
      {data !== undefined && data.total > 0 && (
        <Text size="sm" role="status" className={data.troubled > 0 ? 'tone-bad' : 'tone-good'}>
          {data.troubled > 0 ? texts.troubled(data.troubled, data.total) : texts.allWell(data.total)}
        </Text>
      )}
      <Listed
        error={query.error}
        retry={query.refetch}
        count={data?.data.length}
        none={texts.noTenants}
        clear={search === undefined ? undefined : () => void navigate({ search: {}, replace: true })}
      >
        <div className="tenants-list">
          <EndlessList
            label={texts.titles.tenants}
            className="cells-troubles"
            columns={[{ text: texts.name }, { text: texts.trouble }, { text: texts.has, wide: true }]}
            rows={data?.data ?? []}
            keyOf={({ id }) => id}
            cells={(tenant) => <Cells tenant={tenant} />}
            rowHeight={matchMedia('(max-width: 48em)').matches ? NARROW_ROW_PX : ROW_PX}
            hasMore={false}
            isLoadingMore={false}
            loadMore={query.refetch}
          />
        </div>
      </Listed>
    </Stack>
  );
}

function Cells({ tenant }: { tenant: TenantTroubleDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { id, name, trouble, lateSince, connections, endpoints } = tenant;
  const words = troubleWords(tenant, { texts, language });
  const since = lateSince === null ? '' : ` ${texts.since(isolated(momentText(lateSince, language, false)))}`;
  return (
    <>
      <span role="cell">
        <Link to="/t/$tenant/calls" params={{ tenant: id }}>
          <bdi>{name}</bdi>
        </Link>
      </span>
      <span role="cell" className={trouble > 0 ? 'tone-bad' : 'tone-good'} title={words + since}>
        {trouble > 0 ? `▲ ${words}${since}` : `✓ ${words}`}
      </span>
      <span role="cell" className="wide">
        {texts.hasOf(texts.connections(connections), texts.endpoints(endpoints))}
      </span>
    </>
  );
}

function Search({ text, look }: { text: string; look: (text: string) => void }): ReactNode {
  const texts = useOwnTexts(own);
  const [typed, type] = useState(text);
  const soon = useDebouncedCallback((value: string) => {
    look(value.trim());
  }, 300);
  return (
    <TextInput
      size="xs"
      type="search"
      label={texts.search}
      dir="auto"
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        type(value);
        soon(value);
      }}
    />
  );
}
