import type { BacklogDto, StatPointDto } from '../api/operations';

/** @param share  0 to 1; null shows a dash */
export function shareText(share: number | null, language: string): string {
  if (share === null) return '–';
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

export function countText(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count);
}

export function backlogText({ count, atLeast }: BacklogDto, language: string): string {
  return `${countText(count, language)}${atLeast ? '+' : ''}`;
}

export function sumsOf(points: readonly StatPointDto[]): { delivered: number; failed: number } {
  return points.reduce(
    (sum, { delivered, failed }) => ({ delivered: sum.delivered + delivered, failed: sum.failed + failed }),
    { delivered: 0, failed: 0 },
  );
}
