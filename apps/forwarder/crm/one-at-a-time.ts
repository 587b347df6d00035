/** Work with the same name is done one after another, in the order in which it came; other work goes on beside it. */
export class OneAtATime {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(name) ?? Promise.resolve();
    const result = before.then(work, work);
    // Whoever waits for it must not fail with it.
    const settled = result.catch(() => undefined);
    this.last.set(name, settled);
    try {
      return await result;
    } finally {
      if (this.last.get(name) === settled) this.last.delete(name);
    }
  }
}
