import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTitle } from '../app/use-title';

interface PageHeadProps {
  title: string;
  /** In a sentence: what the screen is for. */
  about?: string;
  /** Buttons. */
  children?: ReactNode;
}

/** The one heading of a screen, which is also what its tab is called. */
export function PageHead({ title, about, children }: PageHeadProps): ReactNode {
  useTitle(title);
  return (
    <Stack gap={4}>
      <Group justify="space-between" align="center" gap="sm">
        <Title order={1} size="h2">
          <bdi>{title}</bdi>
        </Title>
        {children !== undefined && <Group gap="xs">{children}</Group>}
      </Group>
      {about !== undefined && (
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      )}
    </Stack>
  );
}
