import { oweDeliveries } from '../builders/delivery.js';
import { DrainDesk } from '../harness/drain-desk.js';
import { until } from '../harness/until.js';

describe('a drain that is stopped on its way', () => {
  const desk = DrainDesk.open();

  it('what is got through while the endpoint is stopped is delivered, and what is not is held', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 2 });
    await oweDeliveries(desk.world.sql, endpoint, [{}, {}]);
    desk.crm.play({ answers: [200, 500] });
    desk.crm.hold();
    const draining = desk.rig.drain(endpoint);
    await until('both to be under way', () => desk.crm.requests.length === 2);
    await desk.world.sql.rows(`UPDATE endpoint SET state = 'paused' WHERE id = $1`, [endpoint.id]);
    await desk.world.sql.rows(
      `UPDATE delivery SET state = 'held', reason = 'paused' WHERE endpoint_id = $1`,
      [endpoint.id],
    );
    desk.crm.release();
    await draining;
    const seen = await desk.rig.deliveries(endpoint);
    expect(seen.map(({ state, reason, attempts }) => [state, reason, attempts]).sort()).toEqual([
      ['delivered', null, 1],
      ['held', 'paused', 1],
    ]);
  });

  it('does not count a try that we abort ourselves', async () => {
    const endpoint = await desk.endpointAt();
    await oweDeliveries(desk.world.sql, endpoint, [{}, {}]);
    desk.crm.play({ answers: ['hang', 'hang'] });
    let stop: () => void = () => undefined;
    const draining = desk.rig.drain(endpoint, (slice) => {
      stop = () => {
        slice.abort();
      };
    });
    await until('the tries to be under way', () => desk.crm.requests.length === 2);
    stop();
    await draining;
    expect(await desk.rig.attempts(endpoint)).toEqual([]);
    expect(await desk.rig.deliveries(endpoint)).toMatchObject([
      { state: 'due', attempts: 0 },
      { state: 'due', attempts: 0 },
    ]);
    await desk.rig.drain(endpoint);
    expect(await desk.states(endpoint)).toEqual(['delivered', 'delivered']);
  });

  it('starts nothing new when its time is over, finishes what is under way, and says that there is more', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 2 });
    await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 20 }, () => ({})),
    );
    desk.crm.hold();
    let end: () => void = () => undefined;
    const draining = desk.rig.drain(endpoint, (slice) => {
      end = () => {
        slice.end();
      };
    });
    await until('two requests', () => desk.crm.requests.length === 2);
    end();
    desk.crm.release();
    expect(await draining).toMatchObject({ more: true });
    expect(desk.crm.requests).toHaveLength(2);
    expect((await desk.states(endpoint)).filter((state) => state === 'delivered')).toHaveLength(2);
  });

  it('stops sending when its lease is lost, and leaves the records to the new holder', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    await oweDeliveries(
      desk.world.sql,
      endpoint,
      Array.from({ length: 200 }, () => ({})),
    );
    desk.crm.hold();
    const draining = desk.rig.drain(endpoint);
    await until('the first request', () => desk.crm.requests.length === 1);
    await desk.world.sql.rows(`UPDATE mailbox SET fence = fence + 1 WHERE id = $1`, [endpoint.id]);
    desk.crm.release();
    await draining;
    // It hears of it with the first record, and some requests were begun before.
    expect(desk.crm.requests.length).toBeLessThan(100);
    expect((await desk.states(endpoint)).every((state) => state === 'due')).toBe(true);
  });
});
