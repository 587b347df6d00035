/** What will happen, by time: a binary heap. What was put in first comes first of two at one time. */
export class Agenda<T> {
  private readonly heap: { at: number; turn: number; what: T }[] = [];
  private turn = 0;

  get nextAt(): number {
    return this.heap[0]?.at ?? Infinity;
  }

  put(at: number, what: T): void {
    const entry = { at, turn: (this.turn += 1), what };
    let place = this.heap.push(entry) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.heap[parent];
      if (above === undefined || !before(entry, above)) break;
      this.heap[place] = above;
      place = parent;
    }
    this.heap[place] = entry;
  }

  take(): T | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined || this.heap.length === 0) return first?.what;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      const left = this.heap[child];
      if (left === undefined) break;
      const right = this.heap[child + 1];
      let smaller = left;
      if (right !== undefined && before(right, left)) {
        smaller = right;
        child += 1;
      }
      if (!before(smaller, last)) break;
      this.heap[place] = smaller;
      place = child;
    }
    this.heap[place] = last;
    return first.what;
  }
}

function before(a: { at: number; turn: number }, b: { at: number; turn: number }): boolean {
  return a.at < b.at || (a.at === b.at && a.turn < b.turn);
}
