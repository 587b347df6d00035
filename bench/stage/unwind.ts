/** What has to be undone, in reverse order, however the bench ends. */
export class Unwind {
  private readonly steps: { what: string; undo: () => unknown }[] = [];

  constructor(private readonly say: (line: string) => void) {}

  /** @param undo  awaited when it gives a promise */
  add(what: string, undo: () => unknown): void {
    this.steps.push({ what, undo });
  }

  /** Does every step, also when one of them fails. Safe to call twice. */
  async run(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step.undo();
      } catch (error) {
        this.say(`could not undo ${step.what}: ${(error as Error).message}`);
      }
    }
  }
}
