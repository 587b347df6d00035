import type { CallId } from '#domain';
import { DeliveryStore } from '#db';
import { newId } from '#platform';
import { oweDeliveries } from '../builders/delivery.js';
import { DrainDesk } from '../harness/drain-desk.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { until } from '../harness/until.js';

describe('what the forwarder sends within one call', () => {
  const desk = DrainDesk.open();

  const callId = newId<CallId>();
  const call = [1, 2, 3].map((sequence) => ({ callId, sequence }));
  const sequences = () =>
    desk.crm.requests
      .filter(({ event }) => event.data.vendorCallId === callId)
      .map(({ event }) => event.sequence);

  it('sends one event after the other, and other calls meanwhile', async () => {
    const endpoint = await desk.endpointAt();
    await oweDeliveries(desk.world.sql, endpoint, [...call, {}, {}]);
    desk.crm.hold();
    const draining = desk.rig.drain(endpoint);
    await until('three requests at once: one of each call', () => desk.crm.requests.length === 3);
    expect(sequences()).toEqual([1]);
    desk.crm.release();
    await draining;
    expect(sequences()).toEqual([1, 2, 3]);
    expect(desk.crm.mostAtOnce).toBe(3);
  });

  it('lets the later events wait for one that failed, and goes on with other calls', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    await oweDeliveries(desk.world.sql, endpoint, [...call, {}]);
    desk.crm.play({ answers: [500] });
    await desk.rig.drain(endpoint);
    expect(await desk.states(endpoint)).toEqual(['due', 'due', 'due', 'delivered']);
    await desk.rig.drain(endpoint);
    expect(sequences()).toEqual([1]);
    await desk.rig.pass(endpoint, 10_000);
    await desk.rig.drain(endpoint);
    await desk.rig.drain(endpoint);
    expect(sequences()).toEqual([1, 1, 2, 3]);
  });

  it('lets the later events go ahead when the earlier one has failed for a quarter of an hour, or is dead', async () => {
    const endpoint = await desk.endpointAt();
    await oweDeliveries(desk.world.sql, endpoint, call);
    desk.crm.play({ answers: [500] });
    await desk.rig.drain(endpoint);
    await desk.rig.pass(endpoint, 4_000);
    await desk.world.sql.rows(
      `UPDATE delivery SET due_at = now() + interval '1 h', first_tried_at = now() - interval '16 min'
       WHERE endpoint_id = $1 AND sequence = 1`,
      [endpoint.id],
    );
    await desk.rig.drain(endpoint);
    expect(sequences()).toEqual([1, 2, 3]);

    const other = await desk.endpointAt({ scheduleMs: [0] });
    await oweDeliveries(desk.world.sql, other, call);
    desk.crm.requests.length = 0;
    desk.crm.play({ answers: [500] });
    await desk.rig.drain(other);
    expect(await desk.states(other)).toEqual(['dead', 'delivered', 'delivered']);
  });

  it('keeps no order for an endpoint that wants none', async () => {
    const endpoint = await desk.endpointAt({ ordered: false });
    await oweDeliveries(desk.world.sql, endpoint, call);
    desk.crm.hold();
    const draining = desk.rig.drain(endpoint);
    await until('all three at once', () => desk.crm.requests.length === 3);
    desk.crm.release();
    await draining;
  });

  it('does not let a later event overtake when it was read before the earlier one’s failure was written down', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    const store = new DeliveryStore(desk.world.hot);
    let reads = 0;
    const slowReads = new ForwarderRig(desk.world, {
      store: {
        record: (record) => store.record(record),
        putAway: (owner, state, reason) => store.putAway(owner, state, reason),
        due: async (query) => {
          reads += 1;
          if (reads !== 1) return store.due(query);
          // Read while the first event is under way, and not heard of until its failure is in the database.
          desk.crm.hold();
          const found = await store.due(query);
          desk.crm.release();
          await until(
            'the failure to be recorded',
            async () => (await desk.rig.attempts(endpoint)).length >= 4,
          );
          await store.due(query);
          return found;
        },
      },
    });
    // Four letters fill the first read; the last of them is the call's first event.
    await oweDeliveries(desk.world.sql, endpoint, [{}, {}, {}, ...call]);
    desk.crm.play({ answers: [200, 200, 200, 500] });
    await slowReads.drain(endpoint);
    slowReads.close();
    expect(reads).toBe(1);
    expect(sequences()).toEqual([1]);
  });
});
