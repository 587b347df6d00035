import { useEffect, type RefObject } from 'react';
import { tellParent } from './tell-parent';

/** Tells the page around this one how high this one is, whenever that changes. */
export function useToldHeight(of: RefObject<HTMLElement | null>, origins: readonly string[]): void {
  useEffect(() => {
    const { current: element } = of;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      tellParent(origins, { type: 'height', height: Math.ceil(element.getBoundingClientRect().height) });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [of, origins]);
}
