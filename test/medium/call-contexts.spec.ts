import { CONTEXT_DAYS, CallContexts, forgetCallContexts } from '#db';
import { cdr } from '../builders/cdr.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const DAY = 24 * 60 * 60 * 1000;

let world: World;
let contexts: CallContexts;
let connection: TestConnection;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  contexts = new CallContexts(world.hot);
  connection = await makeConnection(world.sql, await makeTenant(world.sql));
});

const remember = (call: string, data: Record<string, string>, of = connection) =>
  contexts.remember(of.tenantId, of.id, call, data);
const recalled = async (call: string, of = connection) => (await contexts.recall(of.id, call))?.data ?? null;

describe('what is remembered of a call', () => {
  it('grows, and member by member the newer value stays', async () => {
    await remember('one', { plan: 'silver', lead: '7' });
    await remember('one', { plan: 'gold' });
    await remember('two', { plan: 'none' });
    expect(await recalled('one')).toEqual({ plan: 'gold', lead: '7' });
    expect(await recalled('two')).toEqual({ plan: 'none' });
    expect(await recalled('three')).toBeNull();
  });

  it('is the same when it is told at once', async () => {
    await Promise.all([
      remember('one', { plan: 'silver', lead: '7' }),
      remember('other', {}),
      remember('one', { plan: 'gold' }),
      remember('one', { more: 'x' }),
    ]);
    expect(await recalled('one')).toEqual({ plan: 'gold', lead: '7', more: 'x' });
    expect(await recalled('other')).toBeNull();
  });

  it('has a later time with each addition, also within one millisecond', async () => {
    const times: number[] = [];
    for (const value of ['1', '2', '3']) {
      await remember('one', { value });
      times.push((await contexts.recall(connection.id, 'one'))?.at ?? 0);
    }
    expect([...new Set(times)].sort((a, b) => a - b)).toEqual(times);
  });

  it('is ten members of 128 characters at most, of which the newest stay', async () => {
    const ten = (name: string) =>
      Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`${name}${index}`, 'v']));
    await remember('one', ten('old'));
    await remember('one', { new: 'x'.repeat(200) });
    const data = await recalled('one');
    expect(Object.keys(data ?? {})).toHaveLength(10);
    expect(data?.['new']).toBe('x'.repeat(128));
    await remember('one', ten('new'));
    expect(await recalled('one')).toEqual(ten('new'));
  });

  it('may hold what PostgreSQL does not take in its text', async () => {
    await remember('a\0b', { 'na\0me': 'half \ud83d and \0' });
    expect(await recalled('a\0b')).toEqual({ name: 'half \ufffd and ' });
  });

  it('is of one connection: another one’s call of the same id is another call', async () => {
    const other = await makeConnection(world.sql, await makeTenant(world.sql, 'Other'));
    await remember('one', { plan: 'gold' });
    await remember('one', { plan: 'theirs' }, other);
    expect([await recalled('one'), await recalled('one', other)]).toEqual([
      { plan: 'gold' },
      { plan: 'theirs' },
    ]);
  });

  it('is forgotten after a week', async () => {
    await remember('one', { plan: 'gold' });
    expect(await forgetCallContexts(world.url, Date.now() + (CONTEXT_DAYS - 1) * DAY)).toBe(0);
    expect(await recalled('one')).not.toBeNull();
    expect(await forgetCallContexts(world.url, Date.now() + (CONTEXT_DAYS + 1) * DAY)).toBeGreaterThan(0);
    expect(await recalled('one')).toBeNull();
  });
});

describe('a call of which something is remembered', () => {
  let rig: EnricherRig;
  beforeEach(() => (rig = new EnricherRig(world)));

  const told = async () =>
    (await rig.events(connection)).map(({ type, call, payload }) => [type, call, payload.customData]);

  it('has it in its record and its events from the first message on, and no other call has', async () => {
    await remember('one', { plan: 'gold', lead: '7' });
    const said = { CustomData: { plan: 'silver', lead: '' } };
    await rig.takeIn(connection, cdr({ ivruniqueid: 'one', ...said }), cdr({ ivruniqueid: 'two' }));
    await rig.drain(connection);
    expect(await told()).toEqual([
      ['call.ended', 'one', { plan: 'silver', lead: '7' }],
      ['call.ended', 'two', {}],
    ]);
    const { record } = await world.sql.row<{ record: { context: unknown } }>(
      `SELECT record FROM call WHERE connection_id = $1 AND vendor_call_id = 'one'`,
      [connection.id],
    );
    expect(record.context).toEqual(await contexts.recall(connection.id, 'one'));
  });

  it('shows with its next message what came meanwhile, and keeps it when it is forgotten', async () => {
    const one = cdr({ ivruniqueid: 'one' });
    await rig.takeIn(connection, one);
    await rig.drain(connection);
    await remember('one', { plan: 'gold' });
    await rig.takeIn(connection, one);
    await rig.drain(connection);
    await forgetCallContexts(world.url, Date.now() + 30 * DAY);
    await rig.takeIn(connection, one, { ...one, record: 'https://pbx.example/1.mp3' });
    await rig.drain(connection);
    expect(await told()).toEqual([
      ['call.ended', 'one', {}],
      ['call.updated', 'one', { plan: 'gold' }],
      ['call.updated', 'one', { plan: 'gold' }],
    ]);
  });

  it('is not shown what was remembered under another tenant’s connection', async () => {
    const stranger = await makeConnection(world.sql, await makeTenant(world.sql, 'Other'));
    await remember('one', { plan: 'theirs' }, stranger);
    await rig.takeIn(connection, cdr({ ivruniqueid: 'one' }));
    await rig.drain(connection);
    expect(await told()).toEqual([['call.ended', 'one', {}]]);
  });

  it('has it too when it is closed because nothing more was heard of it', async () => {
    const leg1 = cdr({ ivruniqueid: 'one', type: 'Click2Call leg1' });
    await rig.takeIn(connection, leg1);
    await rig.drain(connection);
    await remember('one', { plan: 'gold' });
    await world.sql.rows(`UPDATE call SET settle_at = now() - interval '1 s' WHERE connection_id = $1`, [
      connection.id,
    ]);
    await rig.drain(connection);
    expect(await told()).toEqual([['call.ended', 'one', { plan: 'gold' }]]);
  });
});
