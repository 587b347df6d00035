import { Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  level?: 2 | 3;
  columns: readonly string[];
  /** Said below the heading. */
  note?: ReactNode;
  /** Rows. */
  children: ReactNode;
}

/** A short table with its heading, which scrolls by itself where the screen is narrow. */
export function Section({ title, level = 2, columns, note, children }: SectionProps): ReactNode {
  return (
    <Stack gap={4} component="section">
      <Title order={level} size={level === 2 ? 'h4' : 'h5'}>
        {title}
      </Title>
      {note !== undefined && <Text size="sm">{note}</Text>}
      <Table.ScrollContainer
        minWidth={520}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': title } }}
      >
        <Table fz="sm" className="number">
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column}>{column}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{children}</Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
