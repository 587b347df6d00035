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
  /** What was heard for a kind, once it listens. */
  async function hearing(kind: 'connection' | 'endpoint', calls = open()) {
    const heard = { mailboxes: [] as string[], steady: [] as boolean[], listened: 0 };
    calls.hear(kind, {
      called: ({ mailboxes, isSteady }) => {
        heard.mailboxes.push(...mailboxes);
        heard.steady.push(isSteady === true);
      },
      listening: () => (heard.listened += 1),
    });
    await until('it to listen', () => heard.listened === 1);
    return heard;
  }

  it('are heard by all who listen for their kind, however many they name', async () => {
    const heard = await Promise.all([hearing('connection'), hearing('connection'), hearing('endpoint')]);
    const [mailboxes, endpoint] = [Array.from({ length: 200 }, () => newId()), newId()];
    await open().call('connection', { mailboxes, isSteady: true });
    await open().call('endpoint', { mailboxes: [endpoint] });
    await open().call('endpoint', { mailboxes: [], isSteady: true });
    await until('all of them to hear', () => heard.every((each) => each.steady.includes(true)));
    expect(heard.map((each) => each.mailboxes)).toEqual([mailboxes, mailboxes, [endpoint]]);
    expect(heard.map((each) => each.steady)).toEqual([[true], [true], [false, true]]);
  });

  it('are heard again after the session was ended, and nothing else is taken for one', async () => {
    const log = { ...world.log, warn: () => undefined, error: () => undefined };
    const heard = await hearing('connection', open(log));
    await world.sql.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'switchhook-rings' AND datname = current_database()`,
    );
    await until('it to listen again', () => heard.listened === 2);
    await world.sql.rows(`SELECT pg_notify('switchhook_ring_connection', $1)`, ["'; DROP TABLE call; --,,"]);
    const mailbox = newId();
    await open().call('connection', { mailboxes: [mailbox] });
    await until('the call to be heard', () => heard.mailboxes.length > 0);
    expect([heard.mailboxes, heard.steady]).toEqual([[mailbox], [false]]);
  });
});
