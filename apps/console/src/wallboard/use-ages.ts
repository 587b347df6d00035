import { useEffect, useLayoutEffect, type RefObject } from 'react';
import { nowMs } from '../page/now-ms';
import { clockText } from '../texts/durations';

const TICK_MS = 1_000;
/** What is older than this must not be taken for what is now. */
const OLD_AFTER_MS = 10_000;

/**
 * One clock for all ages below an element: each `[data-since]` in it gets as its text how long ago that is. React does not know of it,
 * so a second that goes by draws nothing anew. Where nothing was heard for ten seconds the element is marked `data-old`.
 *
 * @param heardAt  epoch milliseconds of what was heard last
 */
export function useAges(root: RefObject<HTMLElement | null>, heardAt: RefObject<number>): void {
  // Rows that were just drawn have no text yet.
  useLayoutEffect(() => {
    tick(root.current, heardAt.current);
  });
  useEffect(() => {
    const timer = setInterval(() => {
      tick(root.current, heardAt.current);
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [root, heardAt]);
}

function tick(root: HTMLElement | null, heardAt: number): void {
  if (root === null) return;
  const at = nowMs();
  for (const element of root.querySelectorAll<HTMLElement>('[data-since]')) {
    const text = clockText(Math.max(0, at - Date.parse(element.dataset['since'] ?? '')) / 1_000);
    if (element.firstChild === null) element.append(text);
    // The same node each second: a new one would be for the collector.
    else element.firstChild.nodeValue = text;
  }
  const isOld = at - heardAt > OLD_AFTER_MS;
  root.toggleAttribute('data-old', isOld);
  const age = root.querySelector<HTMLElement>('[data-age]');
  if (isOld && age !== null) age.textContent = clockText((at - heardAt) / 1_000);
}
