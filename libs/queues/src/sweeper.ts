import { logFailure, type Log } from '#platform';
import { QUEUE_OF_MAILBOX, type MailboxKind } from './contract.js';
import type { Ringer } from './ringer.js';

const SWEEP_EVERY_MS = 1_000;
const MAILBOX_KINDS = Object.keys(QUEUE_OF_MAILBOX) as MailboxKind[];

/** Ids of mailboxes that have due letters, do not wait, and are drained by nobody. */
export type DueMailboxes = (kind: MailboxKind) => Promise<string[]>;

/**
 * Rings every mailbox that has due letters and no drain, once a second. It is the clock for retries, and the reason why
 * a lost queue loses nothing.
 */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly kind: MailboxKind,
    private readonly dueMailboxes: DueMailboxes,
    private readonly ringer: Ringer,
    private readonly log: Log,
  ) {}

  /** Sweeps at once: whoever was here before may have left work behind. */
  start(): void {
    this.sweepOnce();
    this.timer = setInterval(() => {
      this.sweepOnce();
    }, SWEEP_EVERY_MS);
  }

  /**
   * Sweeps without waiting for the next second.
   *
   * @param kinds  of every kind when leases have become free that nobody will give back: the workers of another kind may not have
   *   noticed
   */
  sweepNow(kinds: readonly MailboxKind[] = MAILBOX_KINDS): void {
    if (this.timer === undefined) return;
    // One that is under way may have looked before.
    void (this.sweeping ?? Promise.resolve()).then(() => {
      if (this.timer !== undefined) this.sweepOnce(kinds);
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.sweeping;
  }

  private sweepOnce(kinds: readonly MailboxKind[] = [this.kind]): void {
    this.sweeping ??= this.sweep(kinds).finally(() => (this.sweeping = undefined));
  }

  async sweep(kinds: readonly MailboxKind[] = [this.kind]): Promise<void> {
    for (const kind of kinds) {
      try {
        this.ringer.ring(kind, await this.dueMailboxes(kind));
      } catch (error) {
        logFailure(this.log, 'sweep.failed', error, { kind });
      }
    }
  }
}
