import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem';
import type { Texts } from '../texts/en';
import { useTexts } from '../texts/language';

/** A problem in a sentence, with what helps whoever looks into it. @param retry  offered where trying again makes sense */
export function ProblemNotice({
  error,
  retry,
}: {
  error: unknown;
  retry?: (() => unknown) | undefined;
}): ReactNode {
  const texts = useTexts();
  return (
    <Alert color="red" variant="outline" title={texts.problem.title} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          <bdi>{sentenceOf(error, texts)}</bdi>
        </Text>
        {error instanceof Problem && (
          <Group gap="xs">
            <Code>{error.code}</Code>
            {error.requestId !== null && <Code>{error.requestId}</Code>}
          </Group>
        )}
        {retry !== undefined && (
          <Button size="xs" variant="default" onClick={() => void retry()}>
            {texts.actions.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** The server's words are English; what it cannot say itself is said here. */
export function sentenceOf(error: unknown, { problem }: Texts): string {
  if (!(error instanceof Problem)) return problem.unknown;
  if (error.status === 0) return problem.unreachable;
  if (error.status === 403)
    return error.message === '' ? problem.forbidden : `${problem.forbidden} (${error.message})`;
  const faults = error.errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return faults || error.message || problem.unknown;
}
