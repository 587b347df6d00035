import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/language';

interface Endless {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** The next page of a list that is rarely longer than one. */
export function MoreButton({ query }: { query: Endless }): ReactNode {
  const { list } = useTexts();
  if (!query.hasNextPage) return null;
  return (
    <Button
      size="xs"
      variant="default"
      mt="xs"
      loading={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {list.more}
    </Button>
  );
}
