import { Anchor, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { EndlessList } from '../list/endless-list';
import { rowHeightOf } from '../list/row-height-of';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { useLanguage, useOwnTexts } from '../texts/language';
import { stateText } from './import-counts';
import type { ImportKind } from './import-kind';
import './import.css';
import { own } from './texts';

const ROW_PX = 38;
const NARROW_ROW_PX = 44;

/** What was imported before, to be looked at or undone. */
export function EarlierImports({
  kind,
  show,
}: {
  kind: ImportKind;
  show: (importId: string | undefined) => void;
}): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { rows, query } = usePages([...kind.key, 'list'], kind.list);
  return (
    <section className="earlier-imports">
      <Title order={2} size="h4" mb={4}>
        {texts.earlier}
      </Title>
      <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.noEarlier}>
        <EndlessList
          label={texts.earlier}
          className="cells-imports"
          columns={[
            { text: texts.file },
            { text: texts.state },
            { text: texts.rows, wide: true },
            { text: texts.when, wide: true },
          ]}
          rows={rows ?? []}
          keyOf={({ id }) => id}
          cells={(found) => (
            <>
              <span role="cell">
                <Anchor
                  component="button"
                  type="button"
                  onClick={() => {
                    show(found.id);
                  }}
                >
                  <bdi>{found.fileName ?? found.id}</bdi>
                </Anchor>
              </span>
              <span role="cell">{stateText(found, texts)}</span>
              <span role="cell" className="number wide">
                <bdi>{found.rows.toLocaleString(language)}</bdi>
              </span>
              <span role="cell" className="wide">
                <TimeText at={found.createdAt} />
              </span>
            </>
          )}
          rowHeight={rowHeightOf(ROW_PX, NARROW_ROW_PX)}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          loadMore={query.fetchNextPage}
        />
      </Listed>
    </section>
  );
}
