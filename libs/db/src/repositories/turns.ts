/**
 * One after the other within this process, by key. Whoever waits for a row that another one of us has locked would hold a connection
 * of the pool meanwhile, and ten of them would hold all of it; here they wait without one.
 */
export class Turns<K> {
  private readonly waiting = new Map<K, { last: Promise<unknown>; count: number }>();

  /** How many have the turn or wait for it. */
  count(key: K): number {
    return this.waiting.get(key)?.count ?? 0;
  }

  /** Does the work when it is its turn. What becomes of it is nobody's else. */
  take<T>(key: K, work: () => Promise<T>): Promise<T> {
    const line = this.waiting.get(key) ?? { last: Promise.resolve(), count: 0 };
    this.waiting.set(key, line);
    line.count += 1;
    const done = line.last.then(work);
    line.last = done
      .catch(() => undefined)
      .then(() => {
        line.count -= 1;
        if (line.count === 0) this.waiting.delete(key);
      });
    return done;
  }
}
