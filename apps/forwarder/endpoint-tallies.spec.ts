import { AppError, instant, type CountedTry, type EndpointId, type TryTally } from '#domain';
import type { EndpointStatRow } from '#db';
import { createLog, newId } from '#platform';
import { EndpointTallies } from './endpoint-tallies.js';

const NOON = instant(Date.UTC(2026, 10, 21, 12));
const DELIVERED: CountedTry = { outcome: 'delivered', status: 200, durationMs: 80 };
const AWAY = new AppError('unavailable', 'database.unavailable', 'away');

/** Adds up what it is given; its answers are a script: what it throws, once each. */
class Ledger {
  readonly statements: EndpointStatRow[][] = [];
  troubles: Error[] = [];

  add(rows: readonly EndpointStatRow[]): Promise<void> {
    const trouble = this.troubles.shift();
    if (trouble !== undefined) return Promise.reject(trouble);
    this.statements.push(structuredClone([...rows]));
    return Promise.resolve();
  }

  /** Deliveries by span and time, as epoch milliseconds. */
  get delivered(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { span, at, tally } of this.statements.flat()) {
      const key = `${span} ${new Date(at).toISOString().slice(11, 16)}`;
      sums[key] = (sums[key] ?? 0) + delivered(tally);
    }
    return sums;
  }
}

const delivered = ({ counts }: TryTally) => counts['outcome.delivered'] ?? 0;

describe('the tallies of tries', () => {
  const endpoint = newId<EndpointId>();
  let ledger: Ledger;
  let tallies: EndpointTallies;

  beforeEach(() => {
    ledger = new Ledger();
    tallies = new EndpointTallies({ store: ledger, log: createLog('silent', 'test') });
  });

  const count = (minutes: number, of = endpoint) =>
    tallies.count(of, DELIVERED, instant(NOON + minutes * 60_000 + 1));

  it('are written by the minute and by the hour, in one statement and once', async () => {
    for (const minutes of [58, 58, 59, 60]) count(minutes);
    await tallies.flush();
    await tallies.flush();
    expect(ledger.delivered).toEqual({
      'minute 12:58': 2,
      'minute 12:59': 1,
      'minute 13:00': 1,
      'hour 12:00': 3,
      'hour 13:00': 1,
    });
    expect(ledger.statements).toHaveLength(1);
  });

  it('wait for a database that is away, and what is counted meanwhile goes along', async () => {
    ledger.troubles = [AWAY, AWAY];
    count(0);
    await tallies.flush();
    count(0);
    count(1);
    await tallies.flush();
    expect(ledger.statements).toEqual([]);
    await tallies.flush();
    expect(ledger.delivered).toEqual({ 'minute 12:00': 2, 'minute 12:01': 1, 'hour 12:00': 3 });
  });

  it('of a statement that was written are not written again when the next one fails', async () => {
    const endpoints = Array.from({ length: 600 }, () => newId<EndpointId>());
    for (const one of endpoints) count(0, one);
    ledger.add = async (rows) => {
      await Ledger.prototype.add.call(ledger, rows);
      if (ledger.statements.length === 1) ledger.troubles = [AWAY];
    };
    await tallies.flush();
    expect(ledger.statements).toHaveLength(1);
    await tallies.flush();
    expect(ledger.delivered).toEqual({ 'minute 12:00': 600, 'hour 12:00': 600 });
  });

  it('that the database refuses do not keep others from being written', async () => {
    const endpoints = Array.from({ length: 300 }, () => newId<EndpointId>());
    for (const one of endpoints) count(0, one);
    ledger.troubles = [new Error('value out of range')];
    await tallies.flush();
    await tallies.flush();
    expect(ledger.delivered).toEqual({ 'minute 12:00': 50, 'hour 12:00': 50 });
  });

  it('are written when the process stops', async () => {
    tallies.start();
    count(0);
    await tallies.stop();
    expect(ledger.delivered).toEqual({ 'minute 12:00': 1, 'hour 12:00': 1 });
  });
});
