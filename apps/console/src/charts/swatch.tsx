import { useId, type ReactNode } from 'react';
import type { ChartTone } from './chart-data';
import { TILE_PX, TONE_DASH, TONE_MARKS } from './patterns';

/** How a series looks, beside its name. */
export function Swatch({ tone, isLine }: { tone: ChartTone; isLine: boolean }): ReactNode {
  const id = useId();
  return (
    <svg className={`chart-swatch chart-${tone}`} viewBox="0 0 16 12" aria-hidden>
      {isLine ? (
        <path d="M0 6h16" stroke="currentcolor" strokeWidth="3" strokeDasharray={TONE_DASH[tone].join(' ')} />
      ) : (
        <>
          <ToneArea id={id} tone={tone} />
          <rect width="16" height="12" rx="2" fill={`url(#${id})`} />
        </>
      )}
    </svg>
  );
}

/** A tone as what an SVG may be filled with, by its id. */
export function ToneArea({ id, tone }: { id: string; tone: ChartTone }): ReactNode {
  return (
    <pattern id={id} width={TILE_PX} height={TILE_PX} patternUnits="userSpaceOnUse">
      <rect width={TILE_PX} height={TILE_PX} fill="currentcolor" />
      <path d={TONE_MARKS[tone]} stroke="var(--mantine-color-body)" strokeWidth="1.5" />
    </pattern>
  );
}
