/**
 * Why no connection was opened: `blocked` by the SSRF guard, or the name did not resolve (`dns`). It crosses Node's
 * connect callbacks, which only carry errors; the sender turns it back into a value.
 */
export class TargetError extends Error {
  /** @param message  one sentence for the tenant; names no address, so that nobody can map our network by it */
  constructor(
    readonly why: 'blocked' | 'dns',
    message: string,
  ) {
    super(message);
    this.name = 'TargetError';
  }
}
