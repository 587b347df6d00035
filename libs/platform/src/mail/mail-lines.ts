import type { MailLine } from './mail-line.js';

/** Mail servers count the connections of a client, and are slow to forget one that had too many. */
const MOST_LINES = 5;
const MOST_USES = 100;
/** Servers keep an idle client for minutes; we need it for a burst. */
const KEPT_IDLE_MS = 5_000;

type Ready = (line: MailLine) => void;

/** The few connections to the mail server, kept for a moment after each use, and who waits for one. */
export class MailLines {
  private readonly all = new Set<MailLine>();
  private readonly idle = new Map<MailLine, NodeJS.Timeout>();
  private readonly waiting = new Set<Ready>();

  /** @param make  a line that is not open yet; `ended` must be called when it is of no more use */
  constructor(private readonly make: (ended: (line: MailLine) => void) => MailLine) {}

  /**
   * Asks for a line, which then is the caller's until `giveBack` or its `close`.
   *
   * @param ready  called once: now, or when one is free. A line with no `uses` is still to be opened
   * @returns takes the wish back
   */
  take(ready: Ready): () => void {
    const [kept] = this.idle.keys();
    if (kept !== undefined) ready(this.woken(kept));
    else if (this.all.size < MOST_LINES) ready(this.made());
    else this.waiting.add(ready);
    return () => this.waiting.delete(ready);
  }

  /** A line that stands instead of one that gave way while it was idle. */
  takeNew(): MailLine {
    return this.made();
  }

  giveBack(line: MailLine): void {
    if (line.uses >= MOST_USES) {
      line.quit();
      return;
    }
    const next = this.nextWaiting();
    if (next !== undefined) next(line);
    else {
      const quit = () => {
        this.idle.delete(line);
        line.quit();
      };
      this.idle.set(line, setTimeout(quit, KEPT_IDLE_MS));
    }
  }

  close(): void {
    this.waiting.clear();
    for (const line of [...this.all]) line.close();
  }

  private made(): MailLine {
    const line = this.make((ended) => {
      this.forget(ended);
    });
    this.all.add(line);
    return line;
  }

  private forget(line: MailLine): void {
    clearTimeout(this.idle.get(line));
    this.idle.delete(line);
    if (!this.all.delete(line)) return;
    const next = this.nextWaiting();
    if (next !== undefined) next(this.made());
  }

  private woken(line: MailLine): MailLine {
    clearTimeout(this.idle.get(line));
    this.idle.delete(line);
    return line;
  }

  private nextWaiting(): Ready | undefined {
    const [next] = this.waiting;
    if (next !== undefined) this.waiting.delete(next);
    return next;
  }
}
