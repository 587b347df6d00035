/** Messages of one socket that are not kept yet, in the order in which they came, with how much they hold. */
export class MessageQueue<Entry extends { bytes: number }> {
  private entries: Entry[] = [];
  bytes = 0;

  get length(): number {
    return this.entries.length;
  }

  get oldest(): Entry | undefined {
    return this.entries[0];
  }

  push(entry: Entry): void {
    this.entries.push(entry);
    this.bytes += entry.bytes;
  }

  /** The first so many; they count until they are let go. */
  peek(most: number): readonly Entry[] {
    return this.entries.slice(0, most);
  }

  /** @returns the bytes that are free now */
  letGo(count: number): number {
    const gone = this.entries.splice(0, count).reduce((sum, { bytes }) => sum + bytes, 0);
    this.bytes -= gone;
    return gone;
  }

  clear(): number {
    return this.letGo(this.entries.length);
  }
}
