import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';
import { useTexts } from '../texts/language';

/** Below this nobody sees that something is on its way. */
const SEEN_AFTER_MS = 150;

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** What a query answered, or what there is to say while or because it did not. Old answers stay while new ones are asked for. */
export function Loaded<T>({ query: { data, error, refetch }, children }: LoadedProps<T>): ReactNode {
  if (data !== undefined) {
    return (
      <>
        {error !== null && <ProblemNotice error={error} retry={refetch} />}
        {children(data)}
      </>
    );
  }
  return error !== null ? <ProblemNotice error={error} retry={refetch} /> : <Loading />;
}

function Loading(): ReactNode {
  const { list } = useTexts();
  const [isSeen, see] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      see(true);
    }, SEEN_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return isSeen ? <Skeleton h={240} role="status" aria-label={list.loading} /> : <div aria-busy />;
}
