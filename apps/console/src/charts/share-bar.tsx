import { useId, type ReactNode } from 'react';
import { useLanguage } from '../texts/language';
import type { ChartTone, ChartUnit } from './chart-data';
import { valueText } from './chart-words';
import './charts.css';
import { Swatch, ToneArea } from './swatch';

export interface SharePart {
  label: string;
  tone: ChartTone;
  value: number;
}

/** Parts of a whole on one bar, named below it with their numbers: those of nothing are left out. */
export function ShareBar({
  label,
  parts,
  unit = 'count',
}: {
  label: string;
  parts: readonly SharePart[];
  unit?: ChartUnit;
}): ReactNode {
  const { language } = useLanguage();
  const shown = parts.filter(({ value }) => value > 0);
  const total = shown.reduce((sum, { value }) => sum + value, 0);
  return (
    <div role="group" aria-label={label}>
      <div className="share-bar" aria-hidden>
        {shown.map(({ label: part, tone, value }) => (
          <ToneBar key={part} tone={tone} share={value / total} />
        ))}
      </div>
      <ul className="chart-legend number">
        {shown.map(({ label: part, tone, value }) => (
          <li key={part}>
            <Swatch tone={tone} isLine={false} />
            <bdi>{part}</bdi>
            <b>
              <bdi>{valueText(value, unit, language)}</bdi>
            </b>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A bar as long as its share of what is around it. @param share  0 to 1 */
function ToneBar({ tone, share }: { tone: ChartTone; share: number }): ReactNode {
  const id = useId();
  if (share === 0) return null;
  return (
    <svg className={`chart-${tone}`} style={{ inlineSize: `${share * 100}%` }}>
      <ToneArea id={id} tone={tone} />
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}

/** How much of a limit is used: one bar with its end. @param label  says it in words, also to those who do not see it */
export function Meter({
  label,
  value,
  most,
  tone,
}: {
  label: string;
  value: number;
  most: number;
  tone: ChartTone;
}): ReactNode {
  const share = most <= 0 ? 0 : Math.min(1, Math.max(0, value / most));
  return (
    <div className="meter" role="img" aria-label={label} title={label}>
      <ToneBar tone={tone} share={share} />
    </div>
  );
}
