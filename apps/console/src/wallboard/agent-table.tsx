import { Text } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { TextLink } from '../app/text-link';
import { clockText } from '../texts/durations';
import { useLanguage, useOwnTexts } from '../texts/language';
import type { AgentRow, AgentWord } from './by-trouble';
import { own } from './texts';

interface AgentTableProps {
  rows: readonly AgentRow[];
  tenant: string;
  /** Whether a call can be opened: nobody clicks on a wall. */
  linked: boolean;
}

export function AgentTable({ rows, tenant, linked }: AgentTableProps): ReactNode {
  const texts = useOwnTexts(own);
  if (rows.length === 0) return <Text>{texts.noAgents}</Text>;
  return (
    <table className="wallboard-table">
      <caption>{texts.agents}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.agent}</th>
          <th scope="col">{texts.state}</th>
          <th scope="col">{texts.since}</th>
          <th scope="col">{texts.withWhom}</th>
          <th scope="col">{texts.today}</th>
          <th scope="col">{texts.talk}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Agent key={row.agent} row={row} tenant={tenant} linked={linked} />
        ))}
      </tbody>
    </table>
  );
}

const TONES: Readonly<Record<AgentWord, string>> = {
  ringing: 'tone-ringing',
  unreachable: 'tone-bad',
  paused: 'tone-waiting',
  busy: 'tone-talking',
  free: 'tone-good',
  away: 'tone-quiet',
};
/** Beside the word, for whoever looks from afar. */
const MARKS: Readonly<Record<AgentWord, string>> = {
  ringing: '◎',
  unreachable: '✕',
  paused: '‖',
  busy: '●',
  free: '○',
  away: '–',
};

/** Drawn anew only where something in it is otherwise. */
const Agent = memo(
  function Agent({ row, tenant, linked }: { row: AgentRow; tenant: string; linked: boolean }): ReactNode {
    const { language } = useLanguage();
    const texts = useOwnTexts(own);
    const { word, since, party } = row;
    return (
      <tr>
        <th scope="row">
          <bdi>{row.name}</bdi>
        </th>
        <td className={TONES[word]}>
          <span aria-hidden className="wallboard-mark">
            {MARKS[word]}
          </span>{' '}
          {texts.words[word]}
        </td>
        <td className="number">{since === null ? '–' : <bdi key={since} data-since={since} />}</td>
        <td>
          {party === null ? (
            '–'
          ) : linked ? (
            <TextLink to="/t/$tenant/calls/$callId" params={{ tenant, callId: party.call }} size="sm" inherit>
              <bdi>{party.text}</bdi>
            </TextLink>
          ) : (
            <bdi>{party.text}</bdi>
          )}
        </td>
        <td className="number">{new Intl.NumberFormat(language).format(row.answered)}</td>
        <td className="number">
          <bdi>{clockText(row.talkSeconds)}</bdi>
        </td>
      </tr>
    );
  },
  (before, after) =>
    before.linked === after.linked &&
    before.row.name === after.row.name &&
    before.row.word === after.row.word &&
    before.row.since === after.row.since &&
    before.row.party?.call === after.row.party?.call &&
    before.row.party?.text === after.row.party?.text &&
    before.row.answered === after.row.answered &&
    before.row.talkSeconds === after.row.talkSeconds,
);
