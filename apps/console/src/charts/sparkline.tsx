import type { ReactNode } from 'react';
import type { ChartTone } from './chart-data';
import './charts.css';
import { sparkPath } from './spark-path';

interface SparklineProps {
  /** What is read instead of it. */
  label: string;
  /** The oldest first; null where there is none. */
  values: readonly (number | null)[];
  tone?: ChartTone;
  /** From where to where it is drawn: of nothing to the most, where it is left out. */
  range?: readonly [number, number];
}

/** How something went, in the height of a line of text. Time runs left to right in every language. */
export function Sparkline({ label, values, tone = 'info', range }: SparklineProps): ReactNode {
  return (
    <svg
      className={`sparkline chart-${tone}`}
      viewBox="0 0 100 24"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path d="M0 23.5h100" className="sparkline-base" />
      <path d={sparkPath(values, range)} className="sparkline-line" />
    </svg>
  );
}
