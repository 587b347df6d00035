import { NOTHING_HEARD, readHealth } from '#domain';
import { dueMailboxes, type OrderStore } from '#db';
import type { DriverAnswer, PbxDriver, PbxLiveCall } from '#pbx';
import { cdr } from '../builders/cdr.js';
import { ORDERED_NUMBER, makeAccount, makeOrder } from '../builders/dial-attempt.js';
import { makeCall } from '../builders/history.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { OrderRig, standInPbx } from '../harness/order-rig.js';
import {
  makeConnection,
  makeEndpoint,
  makeTenant,
  type TestConnection,
  type TestEndpoint,
} from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let world: World;
let rig: OrderRig;
let connection: TestConnection;
let endpoint: TestEndpoint;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  rig = new OrderRig(world);
  const tenant = await makeTenant(world.sql);
  connection = await makeConnection(world.sql, tenant);
  await makeAccount(world.sql, connection);
  endpoint = await makeEndpoint(world.sql, tenant, { url: 'http://crm.invalid/', eventTypes: ['order.*'] });
});

const told = async () => (await rig.toldTo(endpoint)).map(({ type }) => type);

/** Answers its list of calls, and notes how often it was asked. */
function listing(answer: DriverAnswer<{ calls: PbxLiveCall[] }>): PbxDriver & { asked: number } {
  const pbx = Object.assign(standInPbx(), {
    asked: 0,
    listCalls: () => {
      pbx.asked += 1;
      return Promise.resolve(answer);
    },
  });
  return pbx;
}

function liveCall(fields: Partial<PbxLiveCall> = {}): PbxLiveCall {
  const nobody = { vendorCallId: 'v', extension: '101', number: null, startedAt: null, correlator: null };
  return { ...nobody, state: 'ringing', ...fields };
}

const absent = () => listing({ kind: 'done', calls: [] });
const away = () => listing({ kind: 'unknown', why: 'It timed out.' });

describe('what became of an order is told', () => {
  it('once when the PBX took it, to whoever asks for events of orders', async () => {
    const orderId = await makeOrder(world.sql, connection, { state: 'accepted', vendorCallId: 'v' });
    const other = await makeEndpoint(world.sql, connection.tenantId, {
      url: 'http://crm.invalid/',
      eventTypes: ['call.*'],
    });
    await rig.drain(connection);
    for (let again = 0; again < 2; again += 1) {
      await rig.pass(connection);
      await rig.drain(connection);
    }
    expect(await rig.toldTo(endpoint)).toEqual([
      {
        type: 'order.placed',
        payload: expect.objectContaining({
          reason: 'The PBX took the order.',
          order: expect.objectContaining({ id: orderId, state: 'accepted', vendorCallId: 'v' }) as unknown,
        }) as unknown,
      },
    ]);
    expect(await rig.toldTo(other)).toEqual([]);
  });

  it('once also when we died between telling and writing that', async () => {
    await makeOrder(world.sql, connection, { state: 'accepted', vendorCallId: 'v' });
    await rig.drain(connection, standInPbx(), { store: dyingStore() }).catch(() => undefined);
    await rig.pass(connection);
    await rig.drain(connection);
    expect(await told()).toEqual(['order.placed']);
  });

  it('once as unknown also when we died after it was found', async () => {
    const orderId = await makeOrder(world.sql, connection, { state: 'unknown', told: 'order.unknown' });
    const pbx = listing({ kind: 'done', calls: [liveCall({ correlator: orderId })] });
    await rig.drain(connection, pbx, { store: dyingStore() }).catch(() => undefined);
    expect([(await rig.seen(orderId)).state, await told()]).toEqual(['unknown', ['order.placed']]);
    await rig.pass(connection);
    await rig.drain(connection, pbx);
    expect([(await rig.seen(orderId)).state, await told()]).toEqual(['accepted', ['order.placed']]);
  });

  it('when it was refused, with the reason, and then nobody looks at it any more', async () => {
    const orderId = await makeOrder(world.sql, connection, {
      state: 'refused',
      reason: 'No such extension.',
    });
    await rig.drain(connection);
    const [event] = await rig.toldTo(endpoint);
    expect([event?.type, event?.payload['reason']]).toEqual(['order.failed', 'No such extension.']);
    expect(await rig.seen(orderId)).toMatchObject({ state: 'refused', told: 'order.failed', lookInMs: null });
  });

  it('of neither before it was answered', async () => {
    const orderId = await makeOrder(world.sql, connection, { state: 'sending', sentAgoMs: 40 * SECOND });
    const pbx = absent();
    await rig.drain(connection, pbx);
    expect([await told(), pbx.asked]).toEqual([[], 0]);
    expect(await rig.seen(orderId)).toMatchObject({ state: 'sending', looks: 1 });
  });
});

describe('an order whose sender died', () => {
  const lost = () => makeOrder(world.sql, connection, { state: 'sending', sentAgoMs: 50 * SECOND });

  it('is unknown, and taken when the PBX’s list shows its call', async () => {
    const orderId = await lost();
    await rig.drain(connection, absent());
    expect(await rig.seen(orderId)).toMatchObject({ state: 'unknown', told: 'order.unknown' });
    await rig.pass(connection, 5 * SECOND);
    const call = liveCall({ vendorCallId: 'found', correlator: orderId });
    await rig.drain(connection, listing({ kind: 'done', calls: [liveCall({ vendorCallId: 'x' }), call] }));
    expect(await rig.seen(orderId)).toMatchObject({
      state: 'accepted',
      vendorCallId: 'found',
      reason: null,
    });
    expect(await told()).toEqual(['order.unknown', 'order.placed']);
  });

  it('was not placed when no list shows it in the time that a call takes', async () => {
    const orderId = await lost();
    const pbx = Object.assign(absent(), {
      findCall: () => Promise.resolve({ kind: 'done', call: null } as const),
    });
    await rig.drain(connection, pbx);
    await rig.pass(connection, 2 * MINUTE);
    await rig.drain(connection, pbx);
    expect((await rig.seen(orderId)).state).toBe('unknown');
    await rig.pass(connection, 2 * MINUTE);
    await rig.drain(connection, pbx);
    expect(await rig.seen(orderId)).toMatchObject({ state: 'not_placed', ended: true, lookInMs: null });
    expect(await told()).toEqual(['order.unknown', 'order.failed']);
  });

  it('is never taken for not placed where the PBX’s clock is wrong, as its history cannot be searched by time', async () => {
    const orderId = await lost();
    const health = {
      ...readHealth({}),
      clock: { reading: 'utc', lags: [3_601, 3_602, 3_603, 3_604, 3_605] },
    };
    await world.sql.rows(
      `INSERT INTO mailbox (kind, id, fence, lease_until, not_before, memo) VALUES ('connection', $1, 1, to_timestamp(0), to_timestamp(0), $2)`,
      [connection.id, JSON.stringify({ health })],
    );
    const pbx = Object.assign(absent(), {
      findCall: () => Promise.resolve({ kind: 'done', call: null } as const),
    });
    await rig.drain(connection, pbx);
    await rig.pass(connection, 4 * MINUTE);
    await rig.drain(connection, pbx);
    expect((await rig.seen(orderId)).state).toBe('unknown');
    await rig.pass(connection, 15 * MINUTE);
    await rig.drain(connection, pbx);
    expect((await rig.seen(orderId)).state).toBe('orphaned');
  });

  it('gives its call what was ordered once it is found, and no variable takes the place of its id', async () => {
    const variables = { lead: '7', order_id: 'of the client' };
    const orderId = await makeOrder(world.sql, connection, { state: 'unknown', order: { variables } });
    const call = liveCall({ vendorCallId: 'found', correlator: orderId });
    await rig.drain(connection, listing({ kind: 'done', calls: [call] }));
    const enricher = new EnricherRig(world);
    await enricher.takeIn(connection, cdr({ ivruniqueid: 'found' }));
    await enricher.drain(connection);
    const [event] = await enricher.events(connection);
    expect(event?.payload.customData).toMatchObject({ order_id: orderId, lead: '7' });
  });

  it('is found in the PBX’s history where it is over already', async () => {
    const orderId = await lost();
    const past = { vendorCallId: 'past', extension: '101', number: null, startedAt: null, answered: true };
    const pbx = Object.assign(absent(), {
      findCall: () => Promise.resolve({ kind: 'done', call: past } as const),
    });
    await rig.drain(connection, pbx);
    expect(await rig.seen(orderId)).toMatchObject({ state: 'accepted', vendorCallId: 'past' });
    expect(await told()).toEqual(['order.placed']);
  });

  it('counts as an attempt when the lists cannot be read for long', async () => {
    const orderId = await lost();
    const pbx = away();
    await rig.drain(connection, pbx);
    await rig.pass(connection, 10 * MINUTE);
    await rig.drain(connection, pbx);
    expect([(await rig.seen(orderId)).state, pbx.asked]).toEqual(['unknown', 2]);
    await rig.pass(connection, 10 * MINUTE);
    await rig.drain(connection, pbx);
    expect(await rig.seen(orderId)).toMatchObject({ state: 'orphaned', lookInMs: null });
    expect(await told()).toEqual(['order.unknown', 'order.failed']);
  });

  it('is looked for without lists where the account is gone or switched off', async () => {
    const orderId = await lost();
    await world.sql.rows('UPDATE pbx_account SET enabled = false WHERE connection_id = $1', [connection.id]);
    const pbx = absent();
    await rig.drain(connection, pbx);
    expect([(await rig.seen(orderId)).state, pbx.asked]).toEqual(['unknown', 0]);
  });
});

describe('an order that was taken', () => {
  it('goes along with the record of its call, and is over when that is', async () => {
    const orderId = await makeOrder(world.sql, connection, { state: 'accepted', vendorCallId: 'v' });
    const callId = await makeCall(world.sql, connection, { vendorCallId: 'v' });
    const states: string[] = [];
    const record = await world.sql.row<{ record: { legs: Record<string, unknown>[] } }>(
      'SELECT record FROM call WHERE id = $1',
      [callId],
    );
    for (const state of ['ringing', 'answered', 'ended']) {
      const legs = record.record.legs.map((leg) => ({ ...leg, ...LEG[state as keyof typeof LEG] }));
      const closedAt = state === 'ended' ? Date.now() : null;
      await world.sql.rows('UPDATE call SET record = $2 WHERE id = $1', [
        callId,
        JSON.stringify({ ...record.record, legs, closedAt }),
      ]);
      await rig.pass(connection);
      await rig.drain(connection);
      states.push((await rig.seen(orderId)).state);
    }
    expect(states).toEqual(['ringing', 'answered', 'ended']);
    expect(await rig.seen(orderId)).toMatchObject({ ended: true, lookInMs: null });
    expect(await told()).toEqual(['order.placed']);
  });

  it('is found by its parties where the PBX said no id, and has the id of that call', async () => {
    const orderId = await makeOrder(world.sql, connection, { state: 'accepted' });
    await makeCall(world.sql, connection, { customerNumber: ORDERED_NUMBER, extension: '102' });
    await makeCall(world.sql, connection, {
      customerNumber: ORDERED_NUMBER,
      startedAt: Date.now() - 10 * MINUTE,
    });
    await rig.drain(connection);
    expect((await rig.seen(orderId)).vendorCallId).toBeNull();
    await makeCall(world.sql, connection, { customerNumber: ORDERED_NUMBER, vendorCallId: 'its own' });
    await rig.pass(connection);
    await rig.drain(connection);
    expect(await rig.seen(orderId)).toMatchObject({ state: 'ended', vendorCallId: 'its own' });
  });

  it('is found by another form of its number', async () => {
    const orderId = await makeOrder(world.sql, connection, { state: 'accepted', phone: '+5215512345678' });
    await makeCall(world.sql, connection, { customerNumber: '+525512345678', vendorCallId: 'its own' });
    await rig.drain(connection);
    expect((await rig.seen(orderId)).vendorCallId).toBe('its own');
  });

  it('takes no call that is another order’s', async () => {
    const over = { state: 'ended', vendorCallId: 'first', lookInMs: null } as const;
    await makeOrder(world.sql, connection, over);
    await makeCall(world.sql, connection, { customerNumber: ORDERED_NUMBER, vendorCallId: 'first' });
    const orderId = await makeOrder(world.sql, connection, { state: 'accepted' });
    await rig.drain(connection);
    expect(await rig.seen(orderId)).toMatchObject({ state: 'accepted', vendorCallId: null });
  });
});

describe('whoever looks after orders', () => {
  it('writes nothing once the lease is lost', async () => {
    const orderId = await makeOrder(world.sql, connection, { state: 'refused' });
    const before = await rig.seen(orderId);
    await rig.drain(connection, standInPbx(), {
      store: robbedStore(),
      tellTenant: { tell: () => Promise.resolve(false) },
    });
    expect(await rig.seen(orderId)).toEqual({ ...before, lookInMs: expect.any(Number) as unknown });
  });

  it('comes again when the next order is due, and at once for one that came meanwhile', async () => {
    const orderId = await makeOrder(world.sql, connection, { state: 'accepted', vendorCallId: 'v' });
    await rig.drain(connection);
    const { lookInMs } = await rig.seen(orderId);
    expect(lookInMs).toBeGreaterThan(SECOND);
    expect(lookInMs).toBeLessThan(MINUTE);
    expect(await dueMailboxes(world.hot, 'order')).not.toContain(connection.id);
    const another = await makeOrder(world.sql, connection, { state: 'refused' });
    expect(await dueMailboxes(world.hot, 'order')).toContain(connection.id);
    await rig.drain(connection);
    expect(await rig.seen(another)).toMatchObject({ state: 'refused', lookInMs: null });
  });

  it('is not kept from the others by an order on which our own code fails', async () => {
    const [failing, fine] = [
      await makeOrder(world.sql, connection, { state: 'unknown', phone: '+972502345670' }),
      await makeOrder(world.sql, connection, { state: 'refused' }),
    ];
    const broken = standInPbx({ listCalls: () => Promise.reject(new Error('a bug')) });
    await rig.drain(connection, broken);
    expect(await rig.seen(failing)).toMatchObject({ state: 'unknown', looks: 1 });
    expect(await rig.seen(fine)).toMatchObject({ state: 'refused', lookInMs: null });
    expect(rig.logged).toEqual(['order.look_failed']);
  });
});

const AT = Date.now();
const RINGS = { ...NOTHING_HEARD, start: AT, rang: AT, live: AT };
const TALKS = { ...RINGS, answered: AT + 1, live: AT + 1, taken: true };
/** What was heard of a call's one leg by then. */
const LEG = {
  ringing: { result: 'unknown', heard: RINGS },
  answered: { result: 'answered', heard: TALKS },
  ended: { result: 'answered', heard: { ...TALKS, ended: AT + 2, endedFirst: AT + 2 } },
};

/** Of a process that is killed when it would write how far an order is. */
function dyingStore(): OrderStore {
  const move = () => Promise.reject(new Error('killed'));
  return Object.assign(Object.create(rig.store) as OrderStore, { move });
}

function robbedStore(): OrderStore {
  const move: OrderStore['move'] = (owner, ...rest) => rig.store.move({ ...owner, fence: '0' }, ...rest);
  return Object.assign(Object.create(rig.store) as OrderStore, { move });
}
