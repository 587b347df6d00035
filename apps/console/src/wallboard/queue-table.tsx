import { Text } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { useLanguage, useOwnTexts } from '../texts/language';
import { abandonedShare, type QueueRow } from './by-trouble';
import { own } from './texts';

export function QueueTable({ rows }: { rows: readonly QueueRow[] }): ReactNode {
  const texts = useOwnTexts(own);
  if (rows.length === 0) return <Text>{texts.noQueues}</Text>;
  return (
    <table className="wallboard-table">
      <caption>{texts.queues}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.queue}</th>
          <th scope="col">{texts.waiting}</th>
          <th scope="col">{texts.longest}</th>
          <th scope="col">{texts.answered}</th>
          <th scope="col">{texts.abandoned}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Queue key={row.key} row={row} />
        ))}
      </tbody>
    </table>
  );
}

/** Drawn anew only where something in it is otherwise. */
const Queue = memo(
  function Queue({ row }: { row: QueueRow }): ReactNode {
    const { language } = useLanguage();
    const texts = useOwnTexts(own);
    const number = new Intl.NumberFormat(language);
    const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
    return (
      <tr>
        <th scope="row">
          <bdi>{row.name}</bdi>
        </th>
        <td className={row.waiting > 0 ? 'tone-waiting number' : 'number'}>{number.format(row.waiting)}</td>
        <td className={row.longestSince === null ? 'number' : 'tone-waiting number'}>
          {row.longestSince === null ? '–' : <bdi key={row.longestSince} data-since={row.longestSince} />}
        </td>
        <td className="number">{number.format(row.answered)}</td>
        <td className={row.abandoned > 0 ? 'tone-bad number' : 'number'}>
          {number.format(row.abandoned)}{' '}
          {row.abandoned > 0 && <bdi>{texts.share(share.format(abandonedShare(row)))}</bdi>}
        </td>
      </tr>
    );
  },
  ({ row: one }, { row: other }) =>
    one.name === other.name &&
    one.waiting === other.waiting &&
    one.longestSince === other.longestSince &&
    one.answered === other.answered &&
    one.abandoned === other.abandoned,
);
