import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import { DrainDesk } from '../harness/drain-desk.js';
import { until } from '../harness/until.js';

const MINUTE = 60_000;

describe('how fast the forwarder sends', () => {
  const desk = DrainDesk.open();

  it('sends what comes while it waits for slow answers', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 2 });
    await oweDelivery(desk.world.sql, endpoint);
    desk.crm.hold();
    const draining = desk.rig.drain(endpoint);
    await until('the first to be under way', () => desk.crm.requests.length === 1);
    await oweDelivery(desk.world.sql, endpoint);
    await until('the second beside it', () => desk.crm.requests.length === 2);
    desk.crm.release();
    await draining;
    expect(desk.crm.requests[1]?.beside).toHaveLength(1);
    expect(await desk.states(endpoint)).toEqual(['delivered', 'delivered']);
  });

  it('goes on beside a slow answer when its slice is over', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 2, timeoutMs: 30_000 });
    await oweDelivery(desk.world.sql, endpoint);
    desk.crm.hold();
    const draining = desk.rig.drain(endpoint);
    await until('the first to be under way', () => desk.crm.requests.length === 1);
    desk.rig.clock.advance(3_000);
    await oweDelivery(desk.world.sql, endpoint);
    await until('the second beside it', () => desk.crm.requests.length === 2);
    desk.crm.release();
    await draining;
    expect(await desk.states(endpoint)).toEqual(['delivered', 'delivered']);
  });

  it('has no more requests under way than the endpoint allows', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 3 });
    await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 30 }, () => ({})),
    );
    desk.crm.hold();
    const draining = desk.rig.drain(endpoint);
    await until('three requests', () => desk.crm.requests.length === 3);
    desk.crm.release();
    await draining;
    expect(desk.crm.mostAtOnce).toBe(3);
    expect(desk.crm.delivered).toHaveLength(30);
  });

  it('sends no faster than the endpoint’s rate limit, whoever drains it next', async () => {
    const endpoint = await desk.endpointAt({ ratePerMinute: 6, rateBurst: 2 });
    await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 5 }, () => ({})),
    );
    expect(await desk.rig.drain(endpoint)).toMatchObject({
      more: false,
      notBefore: expect.any(Number) as number,
    });
    expect(desk.crm.requests).toHaveLength(2);
    expect(await desk.rig.drain(endpoint)).toBe('not to be had');
    await desk.rig.pass(endpoint, 10_000);
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests).toHaveLength(3);
    await desk.rig.pass(endpoint, MINUTE);
    await desk.rig.drain(endpoint);
    expect(await desk.states(endpoint)).toEqual(Array.from({ length: 5 }, () => 'delivered'));
  });

  it('waits for the rate limit itself where that is short', async () => {
    const endpoint = await desk.endpointAt({ ratePerMinute: 60_000 });
    await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 20 }, () => ({})),
    );
    expect(await desk.rig.drain(endpoint)).toMatchObject({ more: false });
    expect(desk.crm.delivered).toHaveLength(20);
  });
});
