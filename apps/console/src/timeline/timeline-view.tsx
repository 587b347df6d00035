import { Group, Switch, Text } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { useZone } from '../list/zone';
import { CopyButton } from '../page/copy-button';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import { axisOf, type Axis, type Span } from './axis-of';
import { timelineText, wordsOf, type RowWords } from './row-words';
import { rowsWithin, shownRows, spansOf, type Row } from './rows-of';
import { own } from './texts';
import { TimelineBrush } from './timeline-brush';
import { AxisHead } from './timeline-track';
import { TimelineTree } from './timeline-tree';
import './timeline.css';

interface TimelineViewProps {
  rows: readonly Row[];
  /** Names of endpoints, by id. */
  endpoints: ReadonlyMap<string, string>;
  /** Id of the row that is chosen. */
  chosen: string | undefined;
  choose: (id: string) => void;
}

/** Above this nobody finds anything without choosing a stretch of time first. */
const BRUSHED_ABOVE = 50;

/** What happened, as a tree of rows with a picture of when beside it. */
export function TimelineView({ rows, endpoints, chosen, choose }: TimelineViewProps): ReactNode {
  const telling = useTelling(endpoints);
  const [trueScale, setTrueScale] = useState(false);
  const [window, setWindow] = useState<[number, number]>([0, 100]);
  const { isOpen, turn } = useTurned();
  const spans = useMemo(() => spansOf(rows), [rows]);
  const whole = useMemo(() => axisOf(spans, trueScale), [spans, trueScale]);
  const isLong = shownRows(rows, () => true).length > BRUSHED_ABOVE;
  const within = isLong ? stretchOf(whole, window) : undefined;
  const axis = useMemo(
    () => (within === undefined ? whole : axisOf(clipped(spans, within), trueScale)),
    [spans, trueScale, whole, within?.start, within?.end],
  );
  const shown = shownRows(within === undefined ? rows : rowsWithin(rows, within), isOpen);
  const words = (row: Row): RowWords => wordsOf(row, telling);
  const { timeline } = telling;
  return (
    <div>
      <Group justify="space-between" mb="xs">
        <Text size="sm" c="dimmed" id="timeline-keys">
          {timeline.keys}
        </Text>
        <Group gap="sm">
          <Switch
            size="sm"
            label={timeline.trueScale}
            checked={trueScale}
            onChange={({ currentTarget }) => {
              setTrueScale(currentTarget.checked);
            }}
          />
          <CopyButton
            text={timelineText(
              shownRows(rows, () => true),
              words,
            )}
            label={timeline.copy}
          />
        </Group>
      </Group>
      {isLong && <TimelineBrush axis={whole} spans={spans} window={window} choose={setWindow} />}
      <div className="timeline">
        <AxisHead axis={axis} />
        <TimelineTree {...{ shown, axis, words, isOpen, turn, chosen, choose }} />
      </div>
    </div>
  );
}

function useTelling(endpoints: ReadonlyMap<string, string>): Parameters<typeof wordsOf>[1] {
  const texts = useTexts();
  const timeline = useOwnTexts(own);
  const { language } = useLanguage();
  const { zone } = useZone();
  return { texts, timeline, language, zone, endpoints };
}

/** Rows that somebody opened or closed against what they are at first. */
function useTurned(): { isOpen: (row: Row) => boolean; turn: (row: Row) => void } {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  return {
    isOpen: (row) => row.open !== turned.has(row.id),
    turn: ({ id }) => {
      setTurned(
        (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
      );
    },
  };
}

/** @returns undefined for all of it */
function stretchOf(axis: Axis, [from, to]: readonly [number, number]): Span | undefined {
  if (from <= 0 && to >= 100) return undefined;
  return { start: axis.momentAt(from / 100), end: axis.momentAt(to / 100) };
}

function clipped(spans: readonly Span[], { start, end }: Span): Span[] {
  const edges = [
    { start, end: start },
    { start: end, end },
  ];
  const inside = spans.filter((span) => span.start <= end && span.end >= start);
  return [
    ...edges,
    ...inside.map((span) => ({ start: Math.max(span.start, start), end: Math.min(span.end, end) })),
  ];
}
