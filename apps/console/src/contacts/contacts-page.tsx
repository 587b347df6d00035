import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ContactDto } from '../api/operations';
import { useRole } from '../app/use-role';
import { EndlessList } from '../list/endless-list';
import { rowHeightOf } from '../list/row-height-of';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { onlySet } from '../list/read-filters';
import { PageHead } from '../page/page-head';
import { useOwnTexts, useTexts } from '../texts/language';
import { isNumberLike } from './contact-draft';
import { ContactCells } from './contact-cells';
import { ContactsMenu } from './contacts-menu';
import './contacts.css';
import { MergeButton } from './merge-button';
import { own } from './texts';

const FROM = '/shell/t/$tenant/contacts';
const PAGE = 100;
/** The API finds no more at once by number. */
const MOST_FOUND = 50;

/** The directory. What is looked for is in the address. */
export function ContactsPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const { q } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/contacts' });
  const mayHandle = useRole(tenant) !== 'agent';
  const [chosen, setChosen] = useState<readonly ContactDto[]>([]);
  const { rows, query } = usePages(['contacts', tenant, 'list', q], found(tenant, q));
  const look = (text: string): void => void navigate({ search: onlySet({ q: text.trim() }), replace: true });
  return (
    <Stack gap="sm">
      <PageHead title={texts.title}>{mayHandle && <ContactsMenu tenant={tenant} />}</PageHead>
      <Group gap="sm" align="flex-end">
        <Search key={tenant} q={q} look={look} />
        {chosen.length > 1 && (
          <MergeButton
            tenant={tenant}
            contacts={chosen}
            done={() => {
              setChosen([]);
            }}
          />
        )}
      </Group>
      <Listed
        error={query.error}
        retry={query.refetch}
        count={rows?.length}
        none={texts.none}
        clear={
          q === undefined
            ? undefined
            : () => {
                look('');
              }
        }
      >
        <Rows
          rows={rows ?? []}
          query={query}
          cells={(contact) => (
            <ContactCells
              contact={contact}
              tenant={tenant}
              isChosen={chosen.some(({ id }) => id === contact.id)}
              choose={
                mayHandle
                  ? (is) => {
                      setChosen(is ? [...chosen, contact] : chosen.filter(({ id }) => id !== contact.id));
                    }
                  : undefined
              }
            />
          )}
        />
      </Listed>
    </Stack>
  );
}

type Page = { data: readonly ContactDto[]; nextCursor: string | null };

/** By a part of a name or company in pages; by a number as far as it is typed, the best first. */
function found(tenant: string, q: string | undefined) {
  return async (cursor: string | undefined, signal: AbortSignal): Promise<Page> => {
    if (q !== undefined && isNumberLike(q)) {
      const { data } = await ask('contacts.search', { query: { q, limit: MOST_FOUND }, tenant, signal });
      return { data, nextCursor: null };
    }
    return ask('contacts.list', { query: { text: q, limit: PAGE, cursor }, tenant, signal });
  };
}

interface RowsProps {
  rows: readonly ContactDto[];
  query: ReturnType<typeof usePages<ContactDto>>['query'];
  cells: (contact: ContactDto) => ReactNode;
}

function Rows({ rows, query, cells }: RowsProps): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <EndlessList
      label={texts.title}
      className="cells-contacts"
      columns={[
        { text: '✓' },
        { text: texts.name },
        { text: texts.company, wide: true },
        { text: texts.numbers },
        { text: texts.updated, wide: true },
      ]}
      rows={rows}
      keyOf={({ id }) => id}
      cells={cells}
      rowHeight={rowHeightOf()}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      loadMore={query.fetchNextPage}
    />
  );
}

function Search({ q, look }: { q: string | undefined; look: (text: string) => void }): ReactNode {
  const texts = useOwnTexts(own);
  const { list } = useTexts();
  const [text, setText] = useState(q ?? '');
  const soon = useDebouncedCallback(look, 300);
  return (
    <TextInput
      size="xs"
      type="search"
      label={texts.search}
      placeholder={texts.searchHint}
      w="min(20rem, 100%)"
      dir="auto"
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        soon(value);
      }}
      rightSection={
        q !== undefined && text !== q ? (
          <Text size="xs" c="dimmed" aria-label={list.loading}>
            …
          </Text>
        ) : null
      }
    />
  );
}
