interface Closes {
  close(): Promise<unknown>;
}

/** What a test file has opened, to be closed the other way round, however far its set-up came. */
export class Opened {
  private readonly things: Closes[] = [];

  async add<T extends Closes>(opening: Promise<T>): Promise<T> {
    const thing = await opening;
    this.things.push(thing);
    return thing;
  }

  async close(): Promise<void> {
    for (const thing of this.things.splice(0).reverse()) await thing.close();
  }
}
