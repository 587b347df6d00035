import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import type { Axis } from './axis-of';
import type { RowWords } from './row-words';
import type { Row } from './rows-of';
import { own } from './texts';
import { Track } from './timeline-track';

interface TreeProps {
  shown: readonly { row: Row; level: number }[];
  axis: Axis;
  words: (row: Row) => RowWords;
  isOpen: (row: Row) => boolean;
  turn: (row: Row) => void;
  chosen: string | undefined;
  choose: (id: string) => void;
}

/** Rows below their causes. Walked by keys; the chosen one is marked. */
export function TimelineTree(props: TreeProps): ReactNode {
  const { shown, axis, words, isOpen, turn, chosen, choose } = props;
  const timeline = useOwnTexts(own);
  const place = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string>();
  const current = shown.find(({ row }) => row.id === (focused ?? chosen)) ?? shown[0];
  const press = (event: KeyboardEvent): void => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepOf(event.key, shown.indexOf(current), shown.length);
    const { row } = current;
    if (next !== undefined) {
      const found = shown[next]?.row.id;
      if (found === undefined) return;
      setFocused(found);
      place.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(found)}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') choose(row.id);
    else if (row.children.length > 0 && turnsBy(event.key, isOpen(row))) turn(row);
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="tree"
      aria-label={timeline.label}
      aria-describedby="timeline-keys"
      ref={place}
      onKeyDown={press}
    >
      {shown.map(({ row, level }) => (
        <div
          key={row.id}
          data-row={row.id}
          role="treeitem"
          aria-level={level}
          aria-selected={row.id === chosen}
          aria-expanded={row.children.length === 0 ? undefined : isOpen(row)}
          tabIndex={row.id === current?.row.id ? 0 : -1}
          className="timeline-row"
          onFocus={() => {
            setFocused(row.id);
          }}
          onClick={() => {
            choose(row.id);
          }}
        >
          <Words row={row} level={level} words={words(row)} open={isOpen(row)} turn={turn} />
          <Track row={row} axis={axis} />
        </div>
      ))}
    </div>
  );
}

/** @returns the row that a key goes to */
function stepOf(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowDown' || key === 'j') return at + 1;
  if (key === 'ArrowUp' || key === 'k') return at - 1;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** Which arrow opens depends on where lines begin. */
function turnsBy(key: string, open: boolean): boolean {
  const isRtl = document.documentElement.dir === 'rtl';
  return key === (open === isRtl ? 'ArrowRight' : 'ArrowLeft');
}

interface WordsProps {
  row: Row;
  level: number;
  words: RowWords;
  open: boolean;
  turn: (row: Row) => void;
}

function Words({ row, level, words: { kind, name, note }, open, turn }: WordsProps): ReactNode {
  const hasMore = row.children.length > 0;
  return (
    <div className="timeline-words" style={{ paddingInlineStart: `${level * 0.9 - 0.4}rem` }}>
      <span
        className="timeline-twist"
        aria-hidden
        onClick={(event) => {
          if (!hasMore) return;
          event.stopPropagation();
          turn(row);
        }}
      >
        {hasMore ? (open ? '▾' : '▸') : ''}
      </span>
      <span className={`tone-${row.tone}`} aria-hidden>
        {MARKS[row.tone]}
      </span>
      <span>{kind}</span>
      <bdi className="grow" title={name}>
        {name}
      </bdi>
      <bdi className={`timeline-note tone-${row.tone}`} title={note}>
        {note}
      </bdi>
    </div>
  );
}

/** A tone is a shape as well as a colour. */
const MARKS: Readonly<Record<Row['tone'], string>> = {
  good: '●',
  bad: '✕',
  waiting: '◌',
  quiet: '·',
  ringing: '◐',
  talking: '●',
};
