const PAUSE_MS = 2_000;

/** Does something after a pause, and not before the browser has a network. */
export function onLine(act: () => unknown): void {
  setTimeout(() => {
    if (navigator.onLine) act();
    else addEventListener('online', () => void act(), { once: true });
  }, PAUSE_MS);
}
