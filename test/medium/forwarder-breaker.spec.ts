import { oweDeliveries } from '../builders/delivery.js';
import { DrainDesk } from '../harness/drain-desk.js';

const MINUTE = 60_000;

describe('the forwarder’s circuit breaker', () => {
  const desk = DrainDesk.open();

  it('opens after five failures in a row, and the rest waits and burns no attempts', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 9 }, () => ({})),
    );
    desk.crm.play({ otherwise: 500 });
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests).toHaveLength(5);
    expect((await desk.rig.deliveries(endpoint)).map(({ attempts }) => attempts)).toEqual([
      1, 1, 1, 1, 1, 0, 0, 0, 0,
    ]);
    expect(await desk.rig.drain(endpoint)).toBe('not to be had');
  });

  it('sends one probe when its time has come, waits longer when that fails, and lets all go when it gets through', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 5 });
    await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 9 }, () => ({})),
    );
    desk.crm.play({ otherwise: 500 });
    await desk.rig.drain(endpoint);
    const opened = desk.crm.requests.length;
    await desk.rig.pass(endpoint, 5_100);
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests).toHaveLength(opened + 1);
    await desk.rig.pass(endpoint, 5_100);
    expect(await desk.rig.drain(endpoint)).toBe('not to be had');
    await desk.rig.pass(endpoint, 5_100);
    desk.crm.play({ otherwise: 200 });
    expect(await desk.rig.drain(endpoint)).not.toHaveProperty('notBefore');
    // What had not been tried before went out with the probe; the rest when its own wait is over.
    expect(desk.crm.delivered.length).toBeGreaterThan(1);
    await desk.rig.pass(endpoint, 10 * MINUTE);
    await desk.rig.drain(endpoint);
    expect((await desk.states(endpoint)).every((state) => state === 'delivered')).toBe(true);
    expect(desk.crm.duplicates).toEqual([]);
  });

  it('is not opened by an endpoint that refuses or throttles: it is alive', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 8 }, () => ({})),
    );
    desk.crm.play({ otherwise: 400 });
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests).toHaveLength(8);
  });
});
