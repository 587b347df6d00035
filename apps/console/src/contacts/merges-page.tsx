import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { MergeDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { EndlessList } from '../list/endless-list';
import { rowHeightOf } from '../list/row-height-of';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { PageHead } from '../page/page-head';
import { useLanguage, useOwnTexts } from '../texts/language';
import './contacts.css';
import { own } from './texts';

const FROM = '/shell/t/$tenant/contacts/merges';
const PAGE = 50;
const ROW_PX = 46;
const NARROW_ROW_PX = 84;

/** Contacts that became one, to be taken back. */
export function MergesPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const { rows, query } = usePages(['contacts', tenant, 'merges'], (cursor, signal) =>
    ask('contactMerges.list', { query: { limit: PAGE, cursor }, tenant, signal }),
  );
  return (
    <Stack gap="sm">
      <TextLink to="/t/$tenant/contacts" params={{ tenant }} size="sm">
        {texts.title}
      </TextLink>
      <PageHead title={texts.merges} about={texts.mergesAbout} />
      <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.noMerges}>
        <EndlessList
          label={texts.merges}
          className="cells-merges"
          columns={[
            { text: texts.kept },
            { text: texts.merge },
            { text: texts.when },
            { text: texts.undoMerge },
          ]}
          rows={rows ?? []}
          keyOf={({ id }) => id}
          cells={(merge) => <Cells merge={merge} tenant={tenant} />}
          rowHeight={rowHeightOf(ROW_PX, NARROW_ROW_PX)}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          loadMore={query.fetchNextPage}
        />
      </Listed>
    </Stack>
  );
}

function Cells({ merge, tenant }: { merge: MergeDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { id, contactId, mergedIds, mergedAt, undoneAt } = merge;
  const { data, error } = useQuery({
    queryKey: ['contacts', tenant, contactId],
    queryFn: ({ signal }) => ask('contacts.get', { path: { id: contactId }, tenant, signal }),
    retry: false,
  });
  return (
    <>
      <span role="cell">
        {error === null ? (
          <TextLink to="/t/$tenant/contacts/$contactId" params={{ tenant, contactId }}>
            <bdi>{data?.name ?? '…'}</bdi>
          </TextLink>
        ) : (
          <bdi>{contactId}</bdi>
        )}
      </span>
      <span role="cell">{texts.mergedInto(mergedIds.length.toLocaleString(language))}</span>
      <span role="cell">
        <TimeText at={mergedAt} />
      </span>
      <span role="cell" className="over-link">
        {undoneAt === null ? (
          <ActionButton
            label={texts.undoMerge}
            variant="default"
            confirm={texts.confirmUndoMerge}
            act={() => ask('contactMerges.undo', { path: { id }, tenant })}
            stale={[['contacts', tenant]]}
          />
        ) : (
          texts.undone
        )}
      </span>
    </>
  );
}
