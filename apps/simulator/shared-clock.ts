/**
 * Milliseconds of the machine's monotonic clock: the same for all processes on it, unlike `performance.now()`, and never set
 * back, unlike the time of day. Only differences mean something.
 */
export function sharedNowMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
