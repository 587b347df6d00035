export interface HeldLine {
  /** This tab has the line. */
  ours(): void;
  /** Another tab took it. */
  taken(): void;
}

/**
 * One tab of a browser has a line; the others wait for it. A phone that registers twice rings twice, and some PBXs then
 * throw the first one out.
 *
 * @param line  its name; each name is held by itself
 * @param isTaken  takes it from whichever tab has it
 * @returns gives it up
 */
export function holdLine(line: string, hears: HeldLine, isTaken = false): () => void {
  const stop = new AbortController();
  // Undefined outside of pages by https, whatever its type says: then each tab is for itself.
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) {
    hears.ours();
    return () => undefined;
  }
  const have = (): Promise<void> =>
    new Promise((resolve) => {
      // One that is stolen comes also to who no longer wants it.
      if (stop.signal.aborted) {
        resolve();
        return;
      }
      stop.signal.addEventListener('abort', () => {
        resolve();
      });
      hears.ours();
    });
  // What steals a lock cannot be called off, and has it at once.
  const options: LockOptions = isTaken ? { steal: true } : { signal: stop.signal };
  locks.request(`switchhook.phone ${line}`, options, have).catch(() => {
    if (!stop.signal.aborted) hears.taken();
  });
  return () => {
    stop.abort();
  };
}
