/**
 * Writes of several drains travel in one statement, and a process that lost a lease and took it again may have writes
 * under both. The older ones are left out here: within the statement a mailbox has one fence.
 */
export function newestLeases<T extends { fence: string }>(
  items: readonly T[],
  mailboxOf: (item: T) => string,
): T[] {
  const newest = new Map<string, bigint>();
  for (const item of items) {
    const fence = BigInt(item.fence);
    if (fence > (newest.get(mailboxOf(item)) ?? -1n)) newest.set(mailboxOf(item), fence);
  }
  return items.filter((item) => BigInt(item.fence) === newest.get(mailboxOf(item)));
}
