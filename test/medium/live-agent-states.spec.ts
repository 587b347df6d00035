import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LiveEvent } from '#domain';
import { BACKENDS } from '../harness/backends.js';
import type { LiveClient } from '../harness/live-client.js';
import { LiveOffice, type Office } from '../harness/live-office.js';
import { until } from '../harness/until.js';

type AgentEvent = Extract<LiveEvent, { topic: 'agent' }>;

describe.each(BACKENDS)('what agents say on the live channel on $name', (backend) => {
  let live: LiveOffice;
  let office: Office;
  let manager: string;
  const clients: LiveClient[] = [];
  const connect = async (auth: Record<string, unknown>, which = 0) => {
    const client = await live.connect({ token: office.key, ...auth }, which);
    clients.push(client);
    return client;
  };
  const asked = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${live.url()}${path}`, {
      method,
      headers: { authorization: `Bearer ${manager}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.status).toBeLessThan(300);
  };
  const say = (standing: string, status: number) =>
    asked('PUT', `/v1/agents/${office.dana}/state`, {
      connectionId: office.connection.id,
      standing,
      status,
      extension: '101',
    });
  const states = (events: readonly LiveEvent[]) =>
    events.filter((event): event is AgentEvent => event.topic === 'agent');

  beforeAll(async () => {
    live = await LiveOffice.open(backend);
  });
  afterAll(() => live.close());
  beforeEach(async () => {
    office = await live.office();
    manager = await live.key(office.tenantId, ['read', 'write']);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  it('are told by numbers at every api process, and stand in the snapshot of who comes later', async () => {
    await say('available', 1);
    const [here, there] = [await connect({ watch: ['agents'] }), await connect({}, 1)];
    const first = { agent: office.dana, state: 'free', call: null, said: { status: 1 } };
    for (const client of [here, there]) {
      expect(states((await client.hello()).events)).toMatchObject([first]);
    }
    const { number } = await here.hello();
    await say('paused', 3);
    await say('paused', 3);
    await say('away', 2);
    for (const client of [here, there]) {
      await until('both changes', () => client.messages.length >= 2);
      expect(client.messages.map((message) => message.number)).toEqual([number + 1, number + 2]);
      expect(states(client.events)).toMatchObject([
        { state: 'free', said: { standing: 'paused', status: 3, extension: '101' } },
        { state: 'free', said: { standing: 'away', status: 2 } },
      ]);
      expect(client.doorbells).toEqual([]);
    }
    const back = await (await connect({ resume: number })).hello();
    expect(back).toMatchObject({ resumed: true, number: number + 2, missed: [] });
    expect(states(back.events)).toMatchObject([{ agent: office.dana, said: { status: 2 } }]);
    const [late] = states((await (await connect({}, 1)).hello()).events);
    expect(late).toMatchObject({
      said: { status: 2, since: expect.stringMatching(/Z$/) as unknown as string },
    });
  });

  it('are told beside the calls that they have', async () => {
    const client = await connect({ watch: [`agent:${office.dana}`] });
    await say('paused', 3);
    await live.popup(office, { extenUser: '101', status: 'Ringing' });
    const ringing = await until('the agent to be called', () =>
      states(client.events).find(({ state }) => state === 'ringing'),
    );
    expect(ringing.said).toMatchObject({ status: 3 });
    await say('available', 1);
    const said = await until('the agent to be back', () =>
      states(client.events).find((event) => event.said?.status === 1),
    );
    expect(said).toMatchObject({ state: 'ringing', call: ringing.call });
  });

  it('are heard by nobody of another tenant, and end with the agent', async () => {
    const stranger = await live.office();
    const theirs = await live.connect({ token: stranger.key });
    clients.push(theirs);
    const ours = await connect({});
    await say('paused', 3);
    await asked('DELETE', `/v1/agents/${office.dana}`);
    await until('the end of it', () => states(ours.events).find(({ said }) => said === null));
    expect(theirs.messages).toEqual([]);
    expect(states((await (await connect({})).hello()).events)).toEqual([]);
  });

  it('leave no row in the log where nobody listens', async () => {
    await say('paused', 3);
    const rows = await live.world.sql.count('SELECT count(*) FROM live_event WHERE tenant_id = $1', [
      office.tenantId,
    ]);
    expect(rows).toBe(0);
  });

  it('are missed by nobody who comes while they are said', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const [client] = await Promise.all([connect({}, turn % 2), say('paused', 5), say('paused', 7)]);
      await say('paused', turn % 2 === 0 ? 11 : 12);
      const last = turn % 2 === 0 ? 11 : 12;
      await until('what was said last', () => {
        const heard = [...client.hellos.flatMap(({ events }) => events), ...client.events];
        return states(heard).at(-1)?.said?.status === last;
      });
      const numbers = client.messages.map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
      client.close();
      // As if nobody had listened for long: the next one is the first again.
      await live.world.sql.rows('DELETE FROM live_log WHERE tenant_id = $1', [office.tenantId]);
      office = await live.office();
      manager = await live.key(office.tenantId, ['read', 'write']);
    }
  });
});
