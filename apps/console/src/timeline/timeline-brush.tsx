import { Button, Group, RangeSlider } from '@mantine/core';
import type { ReactNode } from 'react';
import { useZone } from '../list/zone';
import { timeOfDay } from '../list/zoned-time';
import { useLanguage, useOwnTexts } from '../texts/language';
import type { Axis, Span } from './axis-of';
import { own } from './texts';

interface BrushProps {
  /** Of all that there is. */
  axis: Axis;
  spans: readonly Span[];
  /** In hundredths of the width. */
  window: readonly [number, number];
  choose: (window: [number, number]) => void;
}

const WHOLE: [number, number] = [0, 100];
const COLUMNS = 100;

/** All of a long timeline in one strip, of which one chooses the stretch that is shown. By mouse, touch or arrow keys. */
export function TimelineBrush({ axis, spans, window, choose }: BrushProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { zone } = useZone();
  const heights = densityOf(axis, spans);
  const most = Math.max(1, ...heights);
  return (
    <Group gap="sm" wrap="nowrap" className="timeline-brush" role="group" aria-label={texts.brush}>
      <div dir="ltr" style={{ flex: 1 }}>
        <svg viewBox={`0 0 ${COLUMNS} 20`} preserveAspectRatio="none" aria-hidden>
          {heights.map((height, at) => (
            <rect key={at} x={at} width={0.9} y={20 - (20 * height) / most} height={(20 * height) / most} />
          ))}
        </svg>
        <RangeSlider
          size="sm"
          minRange={1}
          value={[...window]}
          onChange={choose}
          label={(at) => timeOfDay(axis.momentAt(at / 100), language, zone)}
          thumbFromLabel={texts.brushFrom}
          thumbToLabel={texts.brushTo}
        />
      </div>
      {(window[0] > 0 || window[1] < 100) && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            choose(WHOLE);
          }}
        >
          {texts.whole}
        </Button>
      )}
    </Group>
  );
}

/** How many things begin or go on in each hundredth. */
function densityOf(axis: Axis, spans: readonly Span[]): number[] {
  const found = Array.from({ length: COLUMNS }, () => 0);
  for (const { start, end } of spans) {
    const from = Math.floor(axis.at(start) * (COLUMNS - 1));
    const to = Math.floor(axis.at(end) * (COLUMNS - 1));
    for (let at = from; at <= to; at += 1) found[at] = (found[at] ?? 0) + 1;
  }
  return found;
}
