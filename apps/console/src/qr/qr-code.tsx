import type { ReactNode } from 'react';
import { qrOf } from './qr-of';

/** Squares of light around it, which scanners need. */
const MARGIN = 4;

/** A text as a QR code; nothing where the text is too long for one. */
export function QrCode({
  text,
  label,
  className,
}: {
  text: string;
  label: string;
  className: string;
}): ReactNode {
  const rows = qrOf(text);
  if (rows === undefined) return null;
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : '')))
    .join('');
  const side = rows.length + 2 * MARGIN;
  return (
    <svg
      className={className}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
