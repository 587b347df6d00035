/** Milliseconds since 1970, by the clock of the reader's machine: the one place where the page asks for it. What counts from the page's start stands still while the machine sleeps. */
export function nowMs(): number {
  return Date.now();
}
