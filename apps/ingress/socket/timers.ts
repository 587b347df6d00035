/** What is to be done later, unless it is over by then. */
export class Timers {
  private readonly waiting = new Set<NodeJS.Timeout>();
  private isOver = false;

  later(ms: number, act: () => void): void {
    if (this.isOver) return;
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      act();
    }, ms);
    this.waiting.add(timer);
  }

  end(): void {
    this.isOver = true;
    for (const timer of this.waiting) clearTimeout(timer);
  }
}
