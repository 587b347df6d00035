import { ReceiptInbox } from '#db';
import { cdr } from '../builders/cdr.js';
import { receipt } from '../builders/receipt.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

describe('popups in the enricher', () => {
  let world: World;
  let rig: EnricherRig;
  let connection: TestConnection;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new EnricherRig(world);
    connection = await makeConnection(world.sql, await makeTenant(world.sql));
  });

  /** A popup as ingress keeps it, worked on at once. */
  async function popup(fields: Record<string, unknown>): Promise<void> {
    const body = { phone: '972502345678', ivrid: 'v-1', ...fields };
    await new ReceiptInbox(world.hot).keep(receipt(connection, { route: 'popup', body }));
    await rig.drain(connection);
  }
  const types = async () => (await rig.events(connection)).map(({ type }) => type);

  it('tell that each phone rings and one answers, and its CDR that it ended; once each', async () => {
    await popup({ extenUser: '101', status: 'Ringing' });
    await popup({ extenUser: '102', status: 'Ringing' });
    await popup({ extenUser: '102', status: 'Talking', isAnswered: true });
    await popup({ extenUser: '101', status: 'Hangup', cause: 'Answered elsewhere' });
    await popup({ extenUser: '102', status: 'Hangup', isAnswered: true });
    await rig.takeIn(connection, cdr({ ivruniqueid: 'v-1', caller: '0502345678', targetextension: '102' }));
    await rig.drain(connection);
    expect(await types()).toEqual(['call.ringing', 'call.ringing', 'call.answered', 'call.ended']);
    expect((await rig.events(connection)).at(-1)?.payload).toMatchObject({ result: 'answered' });
    expect(await world.sql.count('SELECT count(*) FROM call WHERE connection_id = $1', [connection.id])).toBe(
      1,
    );
  });

  it('that only ask make no call, and are done', async () => {
    await popup({ ivrid: undefined });
    await popup({ status: 'Wrapping up' });
    expect(await types()).toEqual([]);
    expect((await rig.receipts(connection)).map(({ state }) => state)).toEqual(['done', 'done']);
  });
});
