import { useEffect } from 'react';

/** What the tab is called while a screen is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Switchhook`;
  }, [title]);
}
