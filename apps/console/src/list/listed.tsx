import { Button, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';
import { useTexts } from '../texts/language';

interface ListedProps {
  error: unknown;
  retry: () => unknown;
  /** Undefined while the first page is on its way. */
  count: number | undefined;
  /** Said where there is nothing at all yet. */
  none: string;
  /** Given where filters are set: nothing that matches is not nothing yet. */
  clear?: (() => void) | undefined;
  children: ReactNode;
}

/** A list, or what there is to say while or because there is none. */
export function Listed({ error, retry, count, none, clear, children }: ListedProps): ReactNode {
  const texts = useTexts();
  if (count === undefined) {
    if (error != null) return <ProblemNotice error={error} retry={retry} />;
    return (
      <Stack gap="xs" aria-busy role="status" aria-label={texts.list.loading}>
        {[1, 2, 3, 4, 5, 6].map((line) => (
          <Skeleton key={line} h={34} />
        ))}
      </Stack>
    );
  }
  return (
    <>
      {error != null && <ProblemNotice error={error} retry={retry} />}
      {count > 0 ? (
        children
      ) : (
        <Stack align="center" py="xl">
          <Text>{clear === undefined ? none : texts.list.nothingMatches}</Text>
          {clear !== undefined && (
            <Button variant="default" onClick={clear}>
              {texts.actions.clear}
            </Button>
          )}
        </Stack>
      )}
    </>
  );
}
