import type { ConnectionId, People } from '#domain';

/** Directories up to this are read for every drain: they cost less than they would be missed. */
const SMALL = 200;
/** How long a large one is used: a change of it shows after at most this. */
const KEEP_MS = 3_000;
/** Entries remembered over all directories. */
const KEEP_MOST = 100_000;

/** Remembers large directories for a moment, so that a busy connection does not read thousands of rows for every drain. */
export class KeptPeople {
  private readonly kept = new Map<ConnectionId, { people: People; until: number }>();
  private entries = 0;

  /** @param now  milliseconds of any clock that goes on */
  constructor(private readonly now: () => number) {}

  get(connectionId: ConnectionId): People | undefined {
    const known = this.kept.get(connectionId);
    if (known === undefined) return undefined;
    if (known.until > this.now()) return known.people;
    this.forget(connectionId);
    return undefined;
  }

  put(connectionId: ConnectionId, people: People): void {
    this.forget(connectionId);
    if (people.size <= SMALL) return;
    for (const oldest of this.kept.keys()) {
      if (this.entries + people.size <= KEEP_MOST) break;
      this.forget(oldest);
    }
    this.kept.set(connectionId, { people, until: this.now() + KEEP_MS });
    this.entries += people.size;
  }

  private forget(connectionId: ConnectionId): void {
    this.entries -= this.kept.get(connectionId)?.people.size ?? 0;
    this.kept.delete(connectionId);
  }
}
