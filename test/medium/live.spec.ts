import connectOld from 'socket.io-client-2';
import { BACKENDS } from '../harness/backends.js';
import type { LiveClient } from '../harness/live-client.js';
import { CALLER_E164, LiveOffice, type Office } from '../harness/live-office.js';
import { makeEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

describe.each(BACKENDS)('the live channel on $name', (backend) => {
  let live: LiveOffice;
  let office: Office;
  const clients: LiveClient[] = [];
  const connect = async (auth: Record<string, unknown>, which = 0) => {
    const client = await live.connect({ token: office.key, ...auth }, which);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    live = await LiveOffice.open(backend);
  });
  afterAll(() => live.close());
  beforeEach(async () => {
    office = await live.office();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  const ringing = (extension: string) => ({ extenUser: extension, status: 'Ringing' });

  it('tells at both api processes who calls, who answered, who did not and that it ended', async () => {
    const [here, there] = [await connect({}), await connect({}, 1)];
    await live.popup(office, ringing('101'));
    await live.popup(office, ringing('102'));
    for (const client of [here, there]) {
      const popup = await client.popup('ringing', office.omer);
      expect(popup).toMatchObject({
        e164: CALLER_E164,
        total: 1,
        contacts: [
          {
            id: office.contactId,
            name: 'Jane Roe',
            company: 'Roe Ltd',
            url: `https://crm.example/${office.contactId}`,
          },
        ],
        newContactUrl: `https://crm.example/new?tel=${encodeURIComponent(CALLER_E164)}`,
        extension: expect.stringMatching(/^10[12]$/) as string,
      });
    }
    await live.popup(office, { extenUser: '102', status: 'Talking', isAnswered: true });
    await live.popup(office, { extenUser: '101', status: 'Hangup', cause: 'Answered elsewhere' });
    for (const client of [here, there]) {
      await client.popup('answered', office.omer);
      await client.popup('elsewhere', office.dana);
    }
    await live.popup(office, { extenUser: '102', status: 'Hangup', isAnswered: true });
    await live.cdr(office, { targetextension: '102' });
    for (const client of [here, there]) {
      await client.popup('ended', office.omer);
      await client.popup('ended', office.dana);
      const numbers = client.messages.map(({ number }) => number);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect(new Set(numbers).size).toBe(numbers.length);
    }
    expect(there.messages).toEqual(here.messages);
  });

  it('tells whoever comes back by a number all that was missed, at either process', async () => {
    const first = await connect({});
    await live.popup(office, ringing('101'));
    await first.popup('ringing');
    const { number } = first;
    first.close();
    await live.popup(office, { extenUser: '101', status: 'Talking', isAnswered: true });
    const other = await connect({}, 1);
    await other.popup('answered');
    for (const which of [0, 1]) {
      const back = await connect({ resume: number }, which);
      const hello = await back.hello();
      expect(hello).toMatchObject({ resumed: true, number: number + 1 });
      expect(hello.missed.map((one) => one.number)).toEqual([number + 1]);
      expect(hello.missed[0]?.events).toContainEqual(
        expect.objectContaining({ topic: 'popup', state: 'answered' }),
      );
      expect(hello.events).toEqual([
        expect.objectContaining({ topic: 'agent', agent: office.dana, state: 'busy' }),
      ]);
    }
  });

  it('tells everything anew where the number is too old, or none of its own', async () => {
    const first = await connect({});
    await live.popup(office, ringing('101'));
    await first.popup('ringing');
    await live.world.sql.rows('DELETE FROM live_event WHERE tenant_id = $1', [office.tenantId]);
    for (const resume of [0, 10 ** 9]) {
      const hello = await (await connect({ resume })).hello();
      expect(hello).toMatchObject({ resumed: false, missed: [] });
      expect(hello.events).toContainEqual(expect.objectContaining({ topic: 'popup', state: 'ringing' }));
      expect(hello.events).toContainEqual(
        expect.objectContaining({ topic: 'call', state: 'ringing', over: false }),
      );
    }
  });

  it('loses nothing when the session that it is called by ends', async () => {
    const client = await connect({});
    for (let turn = 1; turn <= 5; turn += 1) {
      await live.world.sql.rows(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'switchhook-live' AND datname = current_database()`,
      );
      await live.popup(office, { ...ringing('101'), ivrid: `v-${String(turn)}` });
    }
    await until('five popups', () => new Set(client.popups.map(({ call }) => call)).size === 5);
  });

  it('says nothing of it to another tenant', async () => {
    const stranger = await live.office();
    const theirs = await live.connect({ token: stranger.key });
    clients.push(theirs);
    const ours = await connect({});
    await live.popup(office, ringing('101'));
    await ours.popup('ringing');
    await live.popup(stranger, ringing('101'));
    await theirs.popup('ringing');
    expect(new Set(theirs.popups.map(({ agent }) => agent))).toEqual(new Set([stranger.dana]));
  });

  it('writes nothing where nobody listens', async () => {
    await live.popup(office, ringing('101'));
    await until(
      'the call',
      async () =>
        (await live.world.sql.count('SELECT count(*) FROM call WHERE tenant_id = $1', [office.tenantId])) ===
        1,
    );
    expect(
      await live.world.sql.count('SELECT count(*) FROM live_event WHERE tenant_id = $1', [office.tenantId]),
    ).toBe(0);
    // And whoever comes then sees it all the same.
    const late = await connect({});
    expect((await late.hello()).events).toContainEqual(
      expect.objectContaining({ topic: 'popup', agent: office.dana, state: 'ringing' }),
    );
  });

  it('tells agents’ and queues’ states, and rings for lists at most once a second', async () => {
    const client = await connect({ watch: ['agents', 'calls'] });
    await live.popup(office, ringing('101'));
    await until('the agent to be called', () =>
      client.events.find((event) => event.topic === 'agent' && event.state === 'ringing'),
    );
    await live.popup(office, { extenUser: '101', status: 'Talking', isAnswered: true });
    await until('the agent to talk', () =>
      client.events.find((event) => event.topic === 'agent' && event.state === 'busy'),
    );
    expect(new Set(client.events.map(({ topic }) => topic))).toEqual(new Set(['agent']));
    await until('a doorbell', () => client.doorbells.length > 0);
    expect(client.doorbells[0]).toMatchObject({ topic: 'calls', ids: [expect.any(String)] });
  });

  it('rings when there are deliveries', async () => {
    await makeEndpoint(live.world.sql, office.tenantId, { url: 'http://crm.invalid/' });
    const client = await connect({ watch: ['deliveries'] });
    await live.popup(office, ringing('101'));
    const bell = await until('a doorbell', () => client.doorbells.find(({ ids }) => ids !== null));
    const [row] = await live.world.sql.rows<{ id: string }>('SELECT id FROM delivery WHERE tenant_id = $1', [
      office.tenantId,
    ]);
    expect(bell).toEqual({ topic: 'deliveries', ids: [row?.id] });
    expect(client.messages).toEqual([]);
  });

  it('lets an old client in, which shows its key in the query', async () => {
    const [ws, heard] = [live.url().replace('http', 'ws'), [] as unknown[]];
    const old = connectOld(ws, {
      path: '/live',
      transports: ['websocket'],
      query: { token: office.key },
      reconnection: false,
      forceNew: true,
    });
    old.on('hello', (hello: unknown) => heard.push(hello));
    await until('a hello', () => heard.length > 0);
    old.close();
    const errors: unknown[] = [];
    const refused = connectOld(ws, {
      path: '/live',
      transports: ['websocket'],
      query: { token: 'sk_wrong' },
      reconnection: false,
      forceNew: true,
    });
    refused.on('error', (error: unknown) => errors.push(error));
    await until('an error', () => errors.length > 0);
    expect(errors[0]).toMatchObject({ code: 'key.invalid' });
    refused.close();
  });
});
