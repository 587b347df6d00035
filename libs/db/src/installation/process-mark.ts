import { newId, type ProcessIdentity } from '#platform';
import type { HotPool } from '../pool/hot-pool.js';

const TELL_EVERY_MS = 10_000;

const TELL = `
INSERT INTO process (id, name, host, pid, version, started_at, seen_at) VALUES ($1, $2, $3, $4, $5, now(), now())
ON CONFLICT (id) DO UPDATE SET seen_at = now()`;
const FORGET = `DELETE FROM process WHERE seen_at < now() - interval '1 day'`;

/** Tells operators that this process is there, which it is for as long as it says so. Nothing depends on it. */
export class ProcessMark {
  private readonly id = newId();
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly hot: Pick<HotPool, 'look'>,
    private readonly identity: ProcessIdentity,
  ) {}

  start(): void {
    if (this.timer !== undefined) return;
    this.tell([FORGET, []]);
    this.tell(this.words());
    this.timer = setInterval(() => {
      this.tell(this.words());
    }, TELL_EVERY_MS).unref();
  }

  /** Takes it back. */
  async stop(): Promise<void> {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.tell(['DELETE FROM process WHERE id = $1', [this.id]]);
    await this.telling;
  }

  private words(): [string, unknown[]] {
    const { name, host, pid, version } = this.identity;
    return [TELL, [this.id, name, host, pid, version]];
  }

  /** A database that is away is told of by those who need it. */
  private tell([text, values]: [string, unknown[]]): void {
    this.telling = this.telling
      .then(() => this.hot.look(text, values))
      .then(
        () => undefined,
        () => undefined,
      );
  }
}
