import { ScrollArea, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage, useOwnTexts } from '../texts/language';
import type { ChartData } from './chart-data';
import { stepOf, timeText, valueText } from './chart-words';
import { own } from './texts';

/** The numbers of a chart, the latest first. */
export function ChartTable({
  name,
  data,
  height,
}: {
  name: string;
  data: ChartData;
  height: number;
}): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const step = stepOf(data.times);
  const rows = data.times.map((at, index) => ({ at, index })).reverse();
  return (
    <ScrollArea.Autosize
      mah={Math.max(height, 240)}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': name }}
    >
      <Table stickyHeader fz="sm" className="number">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.time}</Table.Th>
            {data.series.map(({ label }) => (
              <Table.Th key={label}>
                <bdi>{label}</bdi>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ at, index }) => (
            <Table.Tr key={at}>
              <Table.Th scope="row" fw="normal">
                <bdi>{timeText(at, step, language)}</bdi>
              </Table.Th>
              {data.series.map(({ label, values }) => (
                <Table.Td key={label}>
                  <bdi>{valueText(values[index], data.unit, language)}</bdi>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
