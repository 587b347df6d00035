import type { ReactNode } from 'react';
import type { DryRunEntryDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { clockText } from '../texts/durations';
import { useOwnTexts, useTexts } from '../texts/language';
import { own } from './texts';

/** A call as it is worded for a CRM: each thing, and what stands there. */
export function EntryView({ entry }: { entry: DryRunEntryDto }): ReactNode {
  const { written } = useOwnTexts(own);
  const { directions, results } = useTexts();
  const { places } = written;
  const rows: [string, ReactNode][] = [
    [places.subject, <bdi key="v">{entry.subject}</bdi>],
    [
      places.body,
      <bdi key="v" className="con-lines">
        {entry.body}
      </bdi>,
    ],
    [places.number, entry.number === null ? '–' : <bdi dir="ltr">{entry.number}</bdi>],
    [places.direction, directions[entry.direction]],
    [places.result, results[entry.result]],
    [places.outcome, entry.outcome === null ? written.usual : <bdi>{entry.outcome}</bdi>],
    [places.activityType, entry.activityType === null ? written.usual : <bdi>{entry.activityType}</bdi>],
    [places.startedAt, <TimeText key="v" at={entry.startedAt} exact />],
    [places.talkSeconds, <bdi key="v">{clockText(entry.talkSeconds)}</bdi>],
    [places.ownerId, entry.ownerId === null ? written.ownersDefault : <bdi>{entry.ownerId}</bdi>],
    [
      places.recordingUrl,
      entry.recordingUrl === null ? written.noRecording : <bdi dir="ltr">{entry.recordingUrl}</bdi>,
    ],
  ];
  return (
    <table className="con-table" aria-label={written.example}>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
