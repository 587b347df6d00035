/** The answers of a campaign by time, counted for the windows of the compliance ledger. */
import type { Ledger } from '#domain';

const DAY = 24 * 3_600_000;

class Window {
  answers = 0;
  drops = 0;

  count(dropped: boolean, sign: 1 | -1): void {
    this.answers += sign;
    if (dropped) this.drops += sign;
  }
}

export class AnswerBook {
  private readonly entries: { at: number; dropped: boolean }[] = [];
  private readonly rolling = { day: new Window(), rolling24h: new Window(), days30: new Window() };
  private oldestOf24h = 0;
  private oldestOf30Days = 0;

  newDay(): void {
    this.rolling.day = new Window();
  }

  add(at: number, dropped: boolean): void {
    this.entries.push({ at, dropped });
    for (const window of Object.values(this.rolling)) window.count(dropped, 1);
  }

  ledger(now: number): Ledger {
    this.oldestOf24h = this.forget(this.rolling.rolling24h, this.oldestOf24h, now - DAY);
    this.oldestOf30Days = this.forget(this.rolling.days30, this.oldestOf30Days, now - 30 * DAY);
    return this.rolling;
  }

  private forget(window: Window, oldest: number, before: number): number {
    let from = oldest;
    for (
      let entry = this.entries[from];
      entry !== undefined && entry.at < before;
      entry = this.entries[from]
    ) {
      window.count(entry.dropped, -1);
      from += 1;
    }
    return from;
  }
}
