import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** One subject of a part of the settings. */
export function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <Stack component="section" gap="sm" mb="lg">
      <Title order={2} size="h4">
        {title}
      </Title>
      {children}
    </Stack>
  );
}
