import { Rhythm } from '#platform';
import { MOST_DOORS, type Lease } from './contract.js';
import { FairOrder } from './fair-order.js';

/** Leases are asked for at most this share of the time, and seldom enough that many travel in one statement. */
const SHARE = 0.12;
const LONGEST_GATHER_MS = 20;

export interface ClaimsOptions {
  /** Mailboxes that may be worked on at once. */
  places: number;
  /** Asks for the leases of all these at once. */
  take: (ids: readonly string[]) => Promise<Lease[]>;
  /** Takes what has something new in it; of more than there are places, none, but says which they are. */
  look: (places: number) => Promise<{ leases: Lease[]; others: string[] }>;
  /** Told each lease that was had. It occupies its place before this returns. */
  taken: (lease: Lease) => void;
  /** Told when these could not be asked for; they are not asked for again. */
  failed: (error: unknown, ids: readonly string[]) => void;
}

/** A mailbox that is to be asked for. */
interface Wanted {
  standing: number;
  /** Those who wait for the answer. */
  waiting: (() => void)[];
}

/** Somebody waits for a look. */
interface LookWanted {
  tell: (found: boolean) => void;
  fail: (error: unknown) => void;
}

/** The mailboxes that this process wants, asked for together and as many as it has places for. */
export class Claims {
  private readonly wanted = new Map<string, Wanted>();
  private readonly order = new FairOrder();
  private readonly rhythm = new Rhythm({ longestMs: LONGEST_GATHER_MS, share: SHARE });
  private occupied = 0;
  private asking: Promise<void> | undefined;
  private lookWanted: LookWanted | undefined;
  private stopped = false;
  private roomMade: () => void = () => undefined;

  constructor(private readonly options: ClaimsOptions) {}

  /** Resolves when each of them was asked for, whether it was had or not. */
  ask(ids: readonly string[]): Promise<void> {
    const asked = ids.map(
      (id) =>
        new Promise<void>((resolve) => {
          this.want(id).waiting.push(resolve);
        }),
    );
    if (this.stopped) this.answer(ids);
    else this.begin();
    return Promise.all(asked).then(() => undefined);
  }

  /**
   * Takes what has something new in it, once all that is wanted was asked for. One look at a time.
   *
   * @returns whether there was any
   */
  look(): Promise<boolean> {
    if (this.stopped) return Promise.resolve(false);
    return new Promise((tell, fail) => {
      this.lookWanted = { tell, fail };
      this.begin();
    });
  }

  /** Places that are nobody's, and that nobody waits for. */
  get free(): number {
    return this.stopped ? 0 : this.options.places - this.occupied - this.wanted.size;
  }

  /** Whether it will be asked for, so that a ring for it is answered already. */
  wants(id: string): boolean {
    return this.wanted.has(id);
  }

  /** A place is taken by this mailbox until it is left. */
  occupy(id: string): { leave: () => void } {
    const begun = performance.now();
    this.occupied += 1;
    return {
      leave: () => {
        this.occupied -= 1;
        this.order.left(id, begun, performance.now());
        this.roomMade();
      },
    };
  }

  /** Asks for nothing more; whoever waits is let go. Resolves when what was being asked is answered. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.answer([...this.wanted.keys()]);
    this.lookWanted?.tell(false);
    this.roomMade();
    await this.asking;
  }

  private want(id: string): Wanted {
    let wanted = this.wanted.get(id);
    if (!wanted) {
      wanted = { standing: this.order.standing(id, performance.now()), waiting: [] };
      this.wanted.set(id, wanted);
    }
    return wanted;
  }

  private begin(): void {
    this.asking ??= this.askAll();
  }

  private async askAll(): Promise<void> {
    // At the least after the current turn, so that rings which come together travel together.
    await new Promise(setImmediate);
    try {
      while ((this.wanted.size > 0 || this.lookWanted) && !this.stopped) {
        const early = this.rhythm.waitMs(performance.now());
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const most = Math.min(this.options.places - this.occupied, MOST_DOORS);
        if (most <= 0) await this.room();
        else if (this.wanted.size > 0) await this.askSome(most);
        else await this.lookOnce(most);
      }
    } finally {
      // Here and not when the promise is settled: whoever asks in between would be heard by nobody.
      this.asking = undefined;
    }
  }

  private async lookOnce(most: number): Promise<void> {
    const wanted = this.lookWanted;
    this.lookWanted = undefined;
    const begun = performance.now();
    try {
      const { leases, others } = await this.options.look(most);
      this.rhythm.beat(begun, performance.now());
      for (const lease of leases) this.options.taken(lease);
      // More than there are places for: they get them in a fair order.
      for (const id of others) this.want(id);
      wanted?.tell(leases.length + others.length > 0);
    } catch (error) {
      this.rhythm.beat(begun, performance.now());
      wanted?.fail(error);
    }
  }

  private async askSome(most: number): Promise<void> {
    const ids = this.nextInOrder(most);
    if (ids.length === 0) return;
    const begun = performance.now();
    try {
      const leases = await this.options.take(ids);
      this.rhythm.beat(begun, performance.now());
      for (const lease of leases) this.options.taken(lease);
    } catch (error) {
      this.rhythm.beat(begun, performance.now());
      this.options.failed(error, ids);
    }
    this.answer(ids);
  }

  private answer(ids: readonly string[]): void {
    for (const id of ids) {
      const wanted = this.wanted.get(id);
      this.wanted.delete(id);
      for (const resolve of wanted?.waiting ?? []) resolve();
    }
  }

  private nextInOrder(most: number): string[] {
    const ids = [...this.wanted.keys()];
    if (ids.length <= most) return ids;
    const inOrder = [...this.wanted].sort(([, one], [, other]) => one.standing - other.standing);
    return inOrder.slice(0, most).map(([id]) => id);
  }

  private room(): Promise<void> {
    return new Promise((resolve) => {
      this.roomMade = () => {
        this.roomMade = () => undefined;
        resolve();
      };
    });
  }
}
