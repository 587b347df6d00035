/** Makes tables as large as they get, with SQL in bulk. */
import { maintainPartitions } from '#db';
import { ADD_HISTORY, ADD_TENANTS, ADD_WAITING, SETTLE } from './fill-sql.js';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const FOREVER = { receiptDays: 36_500, deliveryDays: 36_500 };
/** Weeks of history: less than what is kept by default, so that no maintenance drops it. */
const WEEKS = 3;
/** Calls of one statement: enough that its own cost is nothing, few enough that it is interrupted soon. */
const BATCH = 20_000;
const TENANTS_AT_ONCE = 2_000;

/** Asks the database as the login that owns the tables. */
export type Ask = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

export interface Party {
  tenant: string;
  connection: string;
  endpoint: string;
}

export interface FillParts {
  ask: Ask;
  /** Of the login that owns the tables. */
  databaseUrl: string;
  say: (line: string) => void;
  /** Asked between statements; throws to give up. */
  assertGoingOn: () => void;
}

export class Fill {
  private readonly parties: Party[] = [];

  constructor(private readonly parts: FillParts) {}

  /** Those made so far, by numbers from 0. */
  party(number: number): Party {
    return this.parties[number % this.parties.length] as Party;
  }

  /** Tenants up to so many in all. */
  async tenants(upTo: number): Promise<void> {
    while (this.parties.length < upTo) {
      const count = Math.min(TENANTS_AT_ONCE, upTo - this.parties.length);
      const rows = await this.ask(ADD_TENANTS, [count, this.parties.length]);
      this.parties.push(...(rows as unknown as Party[]));
    }
  }

  /**
   * Calls of the last weeks, half of them of those who have much to do.
   *
   * @param busy  whose history is long
   */
  async history(calls: number, busy: readonly Party[]): Promise<void> {
    if (calls <= 0) return;
    const now = Date.now();
    for (let week = WEEKS; week >= 0; week -= 1) {
      await maintainPartitions(this.parts.databaseUrl, now - week * WEEK_MS, FOREVER);
    }
    const from = now - WEEKS * WEEK_MS;
    const turns = busy.length > 0 ? [busy, this.parties] : [this.parties];
    const saidEvery = Math.max(BATCH, Math.round(calls / 10));
    let saidAt = 0;
    for (let made = 0, turn = 0; made < calls; turn += 1) {
      const count = Math.min(BATCH, calls - made);
      const of = turns[turn % turns.length] ?? [];
      const time = (done: number) => from + ((now - from) * done) / calls;
      await this.ask(ADD_HISTORY, [
        of.map(({ tenant }) => tenant),
        of.map(({ connection }) => connection),
        of.map(({ endpoint }) => endpoint),
        count,
        time(made),
        time(made + count),
      ]);
      made += count;
      if (made - saidAt < saidEvery) continue;
      saidAt = made;
      this.parts.say(`${String(made)} of ${String(calls)} calls of history`);
    }
  }

  async waiting(endpoint: { tenant: string; endpoint: string }, deliveries: number): Promise<void> {
    await this.ask(ADD_WAITING, [endpoint.tenant, endpoint.endpoint, deliveries]);
  }

  /** Statistics and maps as they are after a while. */
  async settle(): Promise<void> {
    for (const statement of SETTLE) await this.ask(statement);
  }

  private ask(text: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
    this.parts.assertGoingOn();
    return this.parts.ask(text, values);
  }
}
