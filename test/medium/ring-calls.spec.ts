import { RingCalls } from '#db';
import { newId, type Log } from '#platform';
import { until } from '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

describe('rings that are called out', () => {
  let world: World;
  const opened: RingCalls[] = [];

  beforeAll(async () => {
    world = await openWorld();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((calls) => calls.stop()));
  });
  afterAll(() => world.close());

  const open = (log: Log = world.log) => {
    const calls = new RingCalls({ hot: world.hot, url: world.url, log });
    opened.push(calls);
    return calls;
  };
  const listening = (sessions: number) =>
    until('the sessions that listen', async () => (await sessionsOf(world)) === sessions);

  it('are heard by all who listen for their kind, however many they name', async () => {
    const heard: Record<string, string[]> = { one: [], other: [], endpoints: [] };
    open().hear('connection', (mailboxes) => heard['one']?.push(...mailboxes));
    open().hear('connection', (mailboxes) => heard['other']?.push(...mailboxes));
    open().hear('endpoint', (mailboxes) => heard['endpoints']?.push(...mailboxes));
    await listening(3);
    const [mailboxes, endpoint] = [Array.from({ length: 200 }, () => newId()), newId()];
    await open().call('connection', mailboxes);
    await open().call('endpoint', [endpoint]);
    await until('all of them to hear', () => Object.values(heard).every(({ length }) => length > 0));
    expect(heard).toEqual({ one: mailboxes, other: mailboxes, endpoints: [endpoint] });
  });

  it('are heard again after the session was ended, and nothing else is taken for one', async () => {
    const heard: string[] = [];
    open({ ...world.log, warn: () => undefined, error: () => undefined }).hear(
      'connection',
      (mailboxes) => heard.push(...mailboxes),
    );
    await listening(1);
    await world.sql.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'switchhook-rings' AND datname = current_database()`,
    );
    const mailbox = newId();
    await until('a call to be heard', async () => {
      await world.sql.rows(`SELECT pg_notify('switchhook_ring_connection', $1)`, [
        "'; DROP TABLE call; --,,",
      ]);
      await open().call('connection', [mailbox]);
      return heard.length > 0;
    });
    expect(new Set(heard)).toEqual(new Set([mailbox]));
  });
});

function sessionsOf(world: World): Promise<number> {
  return world.sql.count(
    `SELECT count(*) FROM pg_stat_activity
     WHERE application_name = 'switchhook-rings' AND datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'`,
  );
}
