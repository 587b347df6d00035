import type { TenantId } from '#domain';
import { oweDelivery } from '../builders/delivery.js';
import { Crm } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { killedWhileTelling } from '../harness/killed-while-telling.js';
import { makeEndpoint, makeTenant, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const HOUR = 3_600_000;
const NEVER_TIRED = Array.from({ length: 50 }, () => HOUR);

describe('what a tenant is told of its endpoints', () => {
  let world: World;
  let rig: ForwarderRig;
  let crm: Crm;
  let tenantId: TenantId;
  let watcher: TestEndpoint;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new ForwarderRig(world);
    crm = await Crm.open();
    tenantId = await makeTenant(world.sql);
    watcher = await makeEndpoint(world.sql, tenantId, { url: crm.url(), eventTypes: ['endpoint.*'] });
  });
  afterEach(async () => {
    rig.close();
    await crm.stop();
  });

  const failing = (traits = {}) =>
    makeEndpoint(world.sql, tenantId, { url: crm.url(), scheduleMs: NEVER_TIRED, ...traits });
  const told = async () =>
    (
      await world.sql.rows<{ type: string; payload: { endpoint: { id: string } } }>(
        `SELECT e.type, e.payload FROM delivery d JOIN call_event e ON e.id = d.event_id
         WHERE d.endpoint_id = $1 ORDER BY d.id`,
        [watcher.id],
      )
    ).map(({ type, payload }) => [type, payload.endpoint.id]);
  /** One try an hour, whatever the breaker thinks of it. */
  const tryHourly = async (endpoint: TestEndpoint, hours: number) => {
    for (let hour = 0; hour < hours; hour += 1) {
      await rig.drain(endpoint);
      await rig.pass(endpoint, 2 * HOUR);
    }
  };

  it('tells that one fails, once, and that it is well again', async () => {
    const endpoint = await failing();
    await oweDelivery(world.sql, endpoint);
    crm.play({ answers: [500, 500, 500, 500, 500, 500] });
    await tryHourly(endpoint, 6);
    expect(await told()).toEqual([['endpoint.failing', endpoint.id]]);
    await tryHourly(endpoint, 1);
    expect(await told()).toEqual([
      ['endpoint.failing', endpoint.id],
      ['endpoint.recovered', endpoint.id],
    ]);
  });

  it('disables one that nothing got through to for too long, holds what it is owed, and tells that', async () => {
    const endpoint = await failing({ disableAfterHours: 12 });
    await oweDelivery(world.sql, endpoint);
    crm.play({ otherwise: 500 });
    await tryHourly(endpoint, 8);
    expect(await told()).toEqual([
      ['endpoint.failing', endpoint.id],
      ['endpoint.disabled', endpoint.id],
    ]);
    expect(
      await world.sql.row(`SELECT state, state_reason AS reason FROM endpoint WHERE id = $1`, [endpoint.id]),
    ).toEqual({
      state: 'disabled',
      reason: 'Not one delivery got through for 12 hours.',
    });
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'held' }]);
  });

  it('neither disables nor tells when it is killed on the way; the next drain does both', async () => {
    const endpoint = await failing({ disableAfterHours: 12 });
    await oweDelivery(world.sql, endpoint);
    crm.play({ otherwise: 500 });
    await tryHourly(endpoint, 6);
    await killedWhileTelling(world, () => rig.drain(endpoint));
    expect(await told()).toEqual([['endpoint.failing', endpoint.id]]);
    const state = `SELECT state FROM endpoint WHERE id = $1`;
    expect(await world.sql.row(state, [endpoint.id])).toEqual({ state: 'enabled' });
    await tryHourly(endpoint, 2);
    expect(await told()).toEqual([
      ['endpoint.failing', endpoint.id],
      ['endpoint.disabled', endpoint.id],
    ]);
    expect(await world.sql.row(state, [endpoint.id])).toEqual({ state: 'disabled' });
  });

  it('one that said it is gone is disabled by the next drain when we die before that; its delivery is not held for ever', async () => {
    const endpoint = await failing();
    await oweDelivery(world.sql, endpoint);
    crm.play({ answers: [410, 410] });
    await killedWhileTelling(world, () => rig.drain(endpoint));
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due', attempts: 1 }]);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'held' }]);
    expect(await told()).toEqual([['endpoint.disabled', endpoint.id]]);
  });

  it('does not disable one that must never be', async () => {
    const endpoint = await failing({ disableAfterHours: null });
    await oweDelivery(world.sql, endpoint);
    crm.play({ otherwise: 500 });
    await tryHourly(endpoint, 8);
    expect(await told()).toEqual([['endpoint.failing', endpoint.id]]);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'due' }]);
  });

  it('tells it to nobody of another tenant, not to the endpoint itself, and not to who asked for calls', async () => {
    const stranger = await makeEndpoint(world.sql, await makeTenant(world.sql, 'Other'), {
      url: crm.url(),
      eventTypes: ['endpoint.*'],
    });
    const everything = await makeEndpoint(world.sql, tenantId, { url: crm.url(), eventTypes: ['*'] });
    const endpoint = await failing({ eventTypes: ['endpoint.*'] });
    await oweDelivery(world.sql, endpoint);
    crm.play({ answers: [410] });
    await rig.drain(endpoint);
    expect(await told()).toEqual([['endpoint.disabled', endpoint.id]]);
    expect(await rig.deliveries(stranger)).toEqual([]);
    expect(await rig.deliveries(everything)).toEqual([]);
    expect(await rig.deliveries(endpoint)).toHaveLength(1);
  });
});
