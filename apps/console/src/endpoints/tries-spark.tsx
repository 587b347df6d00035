import type { ReactNode } from 'react';
import type { StatPointDto } from '../api/operations';

interface TriesSparkProps {
  points: readonly StatPointDto[];
  /** Says it in words. */
  label: string;
}

/** Tries, hour by hour: what got through stands on the line, what failed hangs below it. Time runs left to right in every language. */
export function TriesSpark({ points, label }: TriesSparkProps): ReactNode {
  const most = Math.max(1, ...points.map(({ delivered, failed }) => Math.max(delivered, failed)));
  return (
    <svg
      className="tries-spark"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${points.length} 2`}
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      {points.map(({ at, delivered, failed }, index) => (
        <g key={at}>
          {delivered > 0 && <rect className="spark-good" {...barOf(index, delivered / most, 'up')} />}
          {failed > 0 && <rect className="spark-bad" {...barOf(index, failed / most, 'down')} />}
        </g>
      ))}
      <line x1={0} x2={points.length} y1={1.25} y2={1.25} className="spark-line" />
    </svg>
  );
}

/** A single try among thousands is seen all the same. */
const LEAST = 0.12;
const LINE = 1.25;

function barOf(
  index: number,
  share: number,
  way: 'up' | 'down',
): Record<'x' | 'y' | 'width' | 'height', number> {
  const height = Math.max(share, LEAST) * (way === 'up' ? LINE : 2 - LINE);
  return { x: index + 0.1, width: 0.8, height, y: way === 'up' ? LINE - height : LINE };
}
