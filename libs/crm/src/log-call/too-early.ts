import type { Instant } from '#domain';
import type { Connector } from '../connector.js';
import type { CrmIo } from '../talk/crm-io.js';

export const LOOK_AGAIN_MS = 15_000;

/** What may be there cannot be seen yet, and must not be made a second time. */
export class TooEarly extends Error {
  override readonly name = 'TooEarly';

  constructor(
    readonly waitMs: number,
    reason = 'the answer of the CRM got lost, and its search may not show yet what it made',
  ) {
    super(reason);
  }
}

/**
 * After a search that did not find what may have been made.
 *
 * @param askedAt  when the CRM was asked last to make it
 * @throws TooEarly as long as the search may be behind
 */
export function waitForSearch(
  askedAt: Instant,
  { lagSeconds }: Pick<Connector, 'lagSeconds'>,
  io: Pick<CrmIo, 'now'>,
): void {
  const waitMs = askedAt + lagSeconds * 1000 - io.now();
  if (waitMs > 0) throw new TooEarly(Math.min(waitMs, LOOK_AGAIN_MS));
}
