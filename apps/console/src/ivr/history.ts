/** Undo and redo of a value that is never changed in place. */
export interface History<T> {
  past: readonly T[];
  now: T;
  future: readonly T[];
  /** What the last change was about: more of the same, such as typing on, is one step. */
  about: string | null;
}

const MOST_STEPS = 200;

export function historyOf<T>(now: T): History<T> {
  return { past: [], now, future: [], about: null };
}

/** @param about  null for a change that is a step of its own */
export function changedTo<T>(history: History<T>, now: T, about: string | null): History<T> {
  if (now === history.now) return history;
  const goesOn = about !== null && about === history.about;
  const past = goesOn ? history.past : [...history.past, history.now].slice(-MOST_STEPS);
  return { past, now, future: [], about };
}

export function undone<T>({ past, now, future, about }: History<T>): History<T> {
  const before = past.at(-1);
  if (before === undefined) return { past, now, future, about };
  return { past: past.slice(0, -1), now: before, future: [now, ...future], about: null };
}

export function redone<T>({ past, now, future, about }: History<T>): History<T> {
  const [next, ...rest] = future;
  if (next === undefined) return { past, now, future, about };
  return { past: [...past, now], now: next, future: rest, about: null };
}
