export interface Timer {
  over: Promise<void>;
  callOff: () => void;
}

/** Resolves after so many milliseconds, unless it is called off. */
export function systemTimer(ms: number): Timer {
  let handle: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    handle = setTimeout(resolve, ms);
  });
  return {
    over,
    callOff: () => {
      clearTimeout(handle);
    },
  };
}
