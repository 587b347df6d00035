import type { ReactNode } from 'react';
import { clockText } from '../texts/durations';
import { useNow } from './use-now';

const SECOND = 1_000;

/** How long it is since a moment, as it goes on. @param since  ISO 8601 */
export function ElapsedText({ since }: { since: string }): ReactNode {
  const passed = useNow() - Date.parse(since);
  return <bdi className="number">{clockText(Math.max(0, passed / SECOND))}</bdi>;
}
