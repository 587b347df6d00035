import type { MailboxLeaseBook } from '#db';
import type { Clock } from '#platform';
import { Slice, type Lease, type Leaving, type MailboxKind } from '#queues';

export interface DrainOnce {
  book: MailboxLeaseBook;
  clock: Pick<Clock, 'now'>;
  drain: (lease: Lease, slice: Slice) => Promise<Leaving>;
}

/** What the drain loop does for one ring: take the lease, drain, give it back. @param onSlice  to end or abort it */
export async function drainOnce(
  { book, clock, drain }: DrainOnce,
  kind: MailboxKind,
  id: string,
  onSlice: (slice: Slice) => void = () => undefined,
): Promise<Leaving | 'not to be had'> {
  const [lease] = await book.take(kind, [id]);
  if (!lease) return 'not to be had';
  const slice = new Slice(clock);
  onSlice(slice);
  let leaving: Leaving = { more: false };
  try {
    leaving = await drain(lease, slice);
    return leaving;
  } finally {
    if (!leaving.givenBack) await book.release(lease, leaving);
  }
}
