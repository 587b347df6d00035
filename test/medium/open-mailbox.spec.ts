import { DeliveryStore } from '#db';
import { OpenMailbox } from '../../apps/forwarder/open-mailbox.js';
import { oweDeliveries } from '../builders/delivery.js';
import { makeEndpoint, makeTenant, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

describe('opening an endpoint’s mailbox', () => {
  let world: World;
  let endpoint: TestEndpoint;
  let mailboxes: OpenMailbox;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    endpoint = await makeEndpoint(world.sql, await makeTenant(world.sql), {
      url: 'http://127.0.0.1:1/',
      concurrency: 3,
    });
    await oweDeliveries(
      world.sql,
      endpoint,
      Array.from({ length: 7 }, () => ({})),
    );
    mailboxes = new OpenMailbox(new DeliveryStore(world.hot), 2);
  });

  it('brings the first letters along from the second time on', async () => {
    expect((await mailboxes.open(endpoint.id)).first).toBeUndefined();
    const { first } = await mailboxes.open(endpoint.id);
    expect(first).toMatchObject({ most: 6 });
    expect(first?.due).toHaveLength(6);
  });

  it.each(['concurrency = 1', 'ordered = false'])(
    'brings none that were read by other terms: %s',
    async (change) => {
      await mailboxes.open(endpoint.id);
      await world.sql.rows(`UPDATE endpoint SET ${change} WHERE id = $1`, [endpoint.id]);
      expect((await mailboxes.open(endpoint.id)).first).toBeUndefined();
      expect((await mailboxes.open(endpoint.id)).first?.due).toHaveLength(
        change === 'ordered = false' ? 6 : 2,
      );
    },
  );

  it('knows of a deleted endpoint that it is gone', async () => {
    await mailboxes.open(endpoint.id);
    await world.sql.rows(`DELETE FROM endpoint WHERE id = $1`, [endpoint.id]);
    expect(await mailboxes.open(endpoint.id)).toEqual({ target: undefined, first: undefined });
  });
});
