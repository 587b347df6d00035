/** Something that is settled from outside, and never fails. */
export interface Later<T> {
  promise: Promise<T>;
  settle: (value: T) => void;
}

export function later<T>(): Later<T> {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, settle };
}
