import type { ReactNode } from 'react';
import { useZone } from '../list/zone';
import { timeOfDay } from '../list/zoned-time';
import { durationText } from '../texts/durations';
import { useLanguage, useOwnTexts } from '../texts/language';
import type { Axis } from './axis-of';
import type { Bar, Row } from './rows-of';
import { own } from './texts';

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** The picture of a row: its bars at their times. */
export function Track({ row, axis }: { row: Row; axis: Axis }): ReactNode {
  const first = axis.pieces[0]?.from ?? 0;
  const last = axis.pieces.at(-1)?.to ?? 0;
  return (
    <div className="timeline-track" aria-hidden>
      <Silences axis={axis} />
      {row.bars
        .filter(({ start, end }) => start <= last && end >= first)
        .map((bar, index) => (
          <span
            key={index}
            className={classOf(bar)}
            style={{
              left: percent(axis.at(bar.start)),
              width: percent(axis.at(bar.end) - axis.at(bar.start)),
            }}
          />
        ))}
    </div>
  );
}

function classOf({ tone, planned, step }: Bar): string {
  if (step !== undefined) return `timeline-bar step step-${step}`;
  return `timeline-bar tone-${tone}${planned ? ' planned' : ''}`;
}

function Silences({ axis }: { axis: Axis }): ReactNode {
  return axis.pieces
    .filter(({ squeezed }) => squeezed)
    .map(({ from, left, right }) => (
      <span
        key={from}
        className="timeline-silence"
        style={{ left: percent(left), width: percent(right - left) }}
      />
    ));
}

/** Words at one place must not lie on those at the next. */
const LEAST_APART = 0.14;

interface Mark {
  key: string;
  text: string;
  place: number;
  /** On the second line. */
  low?: string;
}

/** Times of the pieces, and how long silences are. */
export function AxisHead({ axis }: { axis: Axis }): ReactNode {
  const { language } = useLanguage();
  const { zone } = useZone();
  const timeline = useOwnTexts(own);
  const marks: Mark[] = [];
  const mark = (moment: number, place: number): void => {
    const last = marks.findLast(({ low }) => low === undefined);
    if (last !== undefined && place - last.place < LEAST_APART) return;
    marks.push({ key: `${moment} ${place}`, text: timeOfDay(moment, language, zone), place });
  };
  for (const { from, to, left, right, squeezed } of axis.pieces) {
    if (!squeezed) mark(from, left);
    else {
      const text = durationText(to - from, language);
      marks.push({ key: `${from}`, text, place: (left + right) / 2, low: timeline.silence(text) });
    }
  }
  const end = axis.pieces.at(-1);
  if (end !== undefined) mark(end.to, end.right);
  return (
    <div className="timeline-axis" aria-hidden>
      <div />
      <div className="timeline-track">
        <Silences axis={axis} />
        {marks.map(({ key, text, place, low }) => (
          <span
            key={key}
            className={low === undefined ? 'timeline-mark' : 'timeline-mark low'}
            style={markAt(place)}
            title={low}
          >
            <bdi>{text}</bdi>
          </span>
        ))}
      </div>
    </div>
  );
}

/** Near the end words are put before their place. */
function markAt(share: number): { left: string } | { right: string } {
  return share > 0.8 ? { right: percent(1 - share) } : { left: percent(share) };
}
