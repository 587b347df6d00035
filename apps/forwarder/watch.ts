import type { WatchStore } from '#db';
import { Cycle, logFailure, type Log } from '#platform';

const CHECK_EVERY_MS = 60_000;
/** A little less than a minute: timers are not exact, and a turn that was just missed would be a minute without one. */
const TURN_MS = 50_000;

export interface WatchParts {
  store: Pick<WatchStore, 'takeTurn' | 'forgetEnded'>;
  /** What is looked after, one after another. */
  duties: readonly { run(): Promise<void> }[];
  log: Log;
}

/**
 * Looks once a minute after what no delivery would tell of by itself. Every forwarder has it, and a turn in the database
 * lets one of them work. The turn only spares the others the work: what is told once is decided where it is written.
 */
export class Watch {
  private readonly cycle = new Cycle(CHECK_EVERY_MS, () => this.check());

  constructor(private readonly parts: WatchParts) {}

  /** Not at once: a process that was just started works off what waited while there was none. */
  start(): void {
    this.cycle.start();
  }

  async stop(): Promise<void> {
    await this.cycle.stop();
  }

  async check(): Promise<void> {
    const { store, duties, log } = this.parts;
    try {
      if (!(await store.takeTurn(TURN_MS))) return;
      for (const duty of duties) await duty.run();
      await store.forgetEnded();
    } catch (error) {
      logFailure(log, 'watch.failed', error, {});
    }
  }
}
