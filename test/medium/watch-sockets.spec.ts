import { WatchRig } from '../harness/watch-rig.js';
import {
  makeConnection,
  makeEndpoint,
  makeTenant,
  type TestConnection,
  type TestEndpoint,
} from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

describe('a PBX that has no WebSocket open to us any more', () => {
  let world: World;
  let rig: WatchRig;
  let watcher: TestEndpoint;
  let connection: TestConnection;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.sql.rows('DELETE FROM tenant');
    await world.sql.rows('TRUNCATE alert, mailbox, delivery, call_event');
    rig = new WatchRig(world);
    const tenantId = await makeTenant(world.sql);
    watcher = await makeEndpoint(world.sql, tenantId, {
      url: 'http://watcher.invalid/',
      eventTypes: ['connection.*'],
    });
    connection = await makeConnection(world.sql, tenantId, { dialect: 'asterisk' });
  });

  const socket = async (state: 'up' | 'down', forSeconds: number, beatAgo = 0) => {
    await world.sql.rows('DELETE FROM pbx_socket WHERE connection_id = $1', [connection.id]);
    await world.sql.rows(
      `INSERT INTO pbx_socket (connection_id, tenant_id, fence, state, since, beat_at, alive_at, reason)
       VALUES ($1, $2, 1, $3, now() - $4 * interval '1 s', now() - $5 * interval '1 s', now(), 'The line broke.')`,
      [connection.id, connection.tenantId, state, forSeconds, beatAgo],
    );
  };
  const types = async () => (await rig.toldTo(watcher)).map(({ type }) => type);

  it('is told of once, since when and why, and once that it is back', async () => {
    await socket('down', 130);
    await rig.check();
    await rig.check();
    expect(await rig.toldTo(watcher)).toMatchObject([
      {
        type: 'connection.socket_down',
        payload: {
          connection: { id: connection.id, name: expect.any(String) as string },
          since: expect.stringMatching(/Z$/) as string,
          reason: expect.stringContaining('The line broke.') as string,
        },
      },
    ]);
    await socket('up', 1);
    await rig.check();
    await rig.check();
    expect(await types()).toEqual(['connection.socket_down', 'connection.socket_up']);
    await socket('down', 130);
    await rig.check();
    expect(await types()).toHaveLength(3);
  });

  it('is not told of while it reconnects, was never there, or is switched off', async () => {
    await rig.check();
    await socket('down', 110);
    await rig.check();
    await socket('down', 3_600);
    await world.sql.rows('UPDATE connection SET enabled = false WHERE id = $1', [connection.id]);
    await rig.check();
    expect(await types()).toEqual([]);
  });

  it('is one too where the process that held it is gone', async () => {
    await socket('up', 3_600, 5);
    await rig.check();
    expect(await types()).toEqual([]);
    await socket('up', 3_600, 130);
    await rig.check();
    expect(await types()).toEqual(['connection.socket_down']);
  });

  it('is forgotten with its connection', async () => {
    await socket('down', 130);
    await rig.check();
    await world.sql.rows('DELETE FROM connection WHERE id = $1', [connection.id]);
    await rig.check();
    expect(await world.sql.count('SELECT count(*) FROM alert')).toBe(0);
  });
});
