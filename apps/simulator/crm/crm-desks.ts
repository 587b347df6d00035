/** What a simulated CRM knows, by name: whose signature it believes, what it answers, what has arrived. */
import { DeliveryBook, type SinkStats } from './delivery-book.js';
import { ScriptPlay, type Script } from './script.js';
import { verifyKey, type VerifyKey } from './verify-signature.js';

/** One name of the sink. */
export interface Desk {
  book: DeliveryBook;
  keys: readonly VerifyKey[];
  script: ScriptPlay | undefined;
  bodies: KeptBody[];
}

export interface KeptBody {
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** 0 when the script did not answer. */
  status: number;
}

export class CrmDesks {
  private readonly desks = new Map<string, Desk>();

  /** @param now  time of day in milliseconds, which windows of scripts count from */
  constructor(protected readonly now: () => number) {}

  /** From now on `name` answers 401 to what none of these secrets signed; without secrets it believes everybody. */
  setSecret(name: string, ...secrets: string[]): void {
    this.desk(name).keys = secrets.map(verifyKey);
  }

  setScript(name: string, script: Script): void {
    this.desk(name).script = new ScriptPlay(script, this.now());
  }

  /** Whether everything is refused now, as by somebody who pressed the switch. */
  isBroken(name: string): boolean {
    return this.desk(name).script?.refusesAll ?? false;
  }

  get names(): string[] {
    return [...this.desks.keys()];
  }

  book(name: string): DeliveryBook {
    return this.desk(name).book;
  }

  bodies(name: string): readonly KeptBody[] {
    return this.desk(name).bodies;
  }

  stats(): Record<string, SinkStats> {
    return Object.fromEntries([...this.desks].map(([name, { book }]) => [name, book.stats()]));
  }

  /** Webhooks answered 2xx, of all names together. */
  get deliveredCount(): number {
    let sum = 0;
    for (const { book } of this.desks.values()) sum += book.deliveredCount;
    return sum;
  }

  /** Forgets what was counted; secrets stay, and scripts unless `scripts` is true. */
  reset({ scripts = false } = {}): void {
    for (const desk of this.desks.values()) {
      desk.book = new DeliveryBook();
      desk.bodies = [];
      if (scripts) desk.script = undefined;
    }
  }

  protected desk(name: string): Desk {
    let desk = this.desks.get(name);
    if (!desk) {
      desk = { book: new DeliveryBook(), keys: [], script: undefined, bodies: [] };
      this.desks.set(name, desk);
    }
    return desk;
  }
}
