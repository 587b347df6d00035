import { Alert, Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/language';
import { CopyButton } from './copy-button';

/** A secret that the server shows this one time. @param children  how it is used */
export function SecretOnce({
  title,
  secret,
  children,
}: {
  title: string;
  secret: string;
  children?: ReactNode;
}): ReactNode {
  const { shell } = useTexts();
  return (
    <Alert color="yellow" variant="outline" title={title} role="status">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{shell.shownOnce}</Text>
        <Group gap="xs">
          <Code dir="ltr">{secret}</Code>
          <CopyButton text={secret} />
        </Group>
        {children}
      </Stack>
    </Alert>
  );
}
