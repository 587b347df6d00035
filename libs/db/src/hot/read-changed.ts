/** A lease, as far as what is kept of its tenant's setup goes. */
interface OfSetup<Id> {
  mailbox: Id;
  /** Of the setup as it is now; null where what the mailbox is of was deleted. */
  version: string | null;
}

interface Keeping<Id, Kept> {
  /** The version that is kept; null for none. */
  versionOf: (mailbox: Id) => string | null;
  /** What is kept of one that is as it was; undefined for one that was deleted. */
  kept: (lease: OfSetup<Id>) => Kept | undefined;
  /** Reads these, keeps them as long as there is room, and answers them; without those that were deleted meanwhile. */
  read: (mailboxes: readonly Id[]) => Promise<ReadonlyMap<Id, Kept>>;
}

/**
 * What letters are read and sent with is kept for as long as the setup stays as it is. Of these leases those whose setup has
 * changed are read again, in one statement; what fails then is the drain that waits for it.
 *
 * @returns makes of what is kept what a drain begins with: at once, or when it was read
 */
export function readChanged<Id extends string, Kept>(
  leases: readonly OfSetup<Id>[],
  { versionOf, kept, read }: Keeping<Id, Kept>,
): <First>(lease: OfSetup<Id>, make: (of: Kept | undefined) => First) => First | Promise<First> {
  const changed = new Set<Id>();
  for (const { mailbox, version } of leases) {
    if (version !== null && versionOf(mailbox) !== version) changed.add(mailbox);
  }
  const reading = changed.size === 0 ? undefined : read([...changed]);
  return (lease, make) =>
    reading !== undefined && changed.has(lease.mailbox)
      ? reading.then((found) => make(found.get(lease.mailbox)))
      : make(kept(lease));
}
