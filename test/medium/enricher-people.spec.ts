import { ReceiptInbox } from '#db';
import { SecretBox } from '#platform';
import type { TenantId } from '#domain';
import { cdr } from '../builders/cdr.js';
import { makePeople } from '../builders/people.js';
import { receipt } from '../builders/receipt.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { SECRET_KEYS, makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const RECORD = 'https://pbx.example/1.mp3';

describe('what the enricher tells of people', () => {
  let world: World;
  let rig: EnricherRig;
  let tenantId: TenantId;
  let connection: TestConnection;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new EnricherRig(world);
    tenantId = await makeTenant(world.sql);
    connection = await makeConnection(world.sql, tenantId);
  });

  const told = async (fields: Record<string, unknown>, by = connection) => {
    await rig.takeIn(by, cdr(fields));
    await rig.drain(by);
    return (await rig.events(by)).at(-1)?.payload;
  };

  it('is in the event: agent, labels, the caller’s clock', async () => {
    const agentId = await makePeople(world.sql, connection);
    expect(
      await told({
        caller: '0502345678',
        targetextension: 'sipdana',
        queueid: 12,
        time: Date.UTC(2026, 10, 21, 12) / 1000,
      }),
    ).toMatchObject({
      agent: { id: agentId, name: 'Dana', email: 'dana@example.com', code: '7421' },
      extensionLabel: 'Desk 1',
      queue: { id: '12', label: 'Support' },
      did: { e164: '+972722776772', label: 'Main' },
      callerLocalTime: '2026-11-21T12:00:00+02:00',
    });
  });

  it('is of this tenant and this connection alone', async () => {
    const stranger = await makeConnection(world.sql, await makeTenant(world.sql, 'Stranger'));
    await makePeople(world.sql, stranger);
    const sibling = await makeConnection(world.sql, tenantId);
    const agentId = await makePeople(world.sql, sibling);
    const fields = { targetextension: '101', queueid: 12 };
    expect(await told(fields)).toMatchObject({ agent: null, queue: { label: null }, did: { label: null } });
    // Agents are the tenant's, whichever PBX names them.
    expect(await told({ representativecode: '7421' })).toMatchObject({ agent: { id: agentId } });
  });

  it('is as it was at the time of the event, and its change makes none', async () => {
    await makePeople(world.sql, connection);
    const fields = { ivruniqueid: 'one', targetextension: '101' };
    await told(fields);
    await world.sql.rows(`UPDATE extension SET label = 'Moved' WHERE connection_id = $1`, [connection.id]);
    await told(fields);
    const [first, ...others] = await rig.events(connection);
    expect([first?.payload['extensionLabel'], others]).toEqual(['Desk 1', []]);
    expect(await told({ ...fields, record: RECORD })).toMatchObject({ extensionLabel: 'Moved' });
  });

  it('costs no further statement', async () => {
    await makePeople(world.sql, connection);
    const count = async () => {
      const { values } = await world.metrics.statements.get();
      return values.reduce((sum, { value }) => sum + value, 0);
    };
    const takeIn = async (ivruniqueid: string) => {
      const body = cdr({ ivruniqueid, targetextension: '101' });
      await new ReceiptInbox(world.hot).keep(receipt(connection, { body, vendorCallIds: [ivruniqueid] }));
    };
    // Read with the first of them, and again when they have changed.
    await takeIn('zero');
    await rig.drain(connection);
    const before = await count();
    await takeIn('one');
    const afterTaking = await count();
    await rig.drain(connection);
    // The lease with all that is known of it, the write that gives it back.
    expect([afterTaking - before, (await count()) - afterTaking]).toEqual([1, 2]);
  });

  it('holds our link to the recording, and the vendor’s address only where it is open', async () => {
    const ours = expect.stringMatching(/^https:\/\/ours\.example\/recordings\//) as string;
    expect((await told({ record: RECORD }))?.['recordings']).toEqual([{ url: ours, vendorUrl: RECORD }]);
    const sealed = SecretBox.fromKeys(SECRET_KEYS).seal('{}', 'x');
    await world.sql.rows(`UPDATE connection SET sealed_credentials = $2 WHERE id = $1`, [
      connection.id,
      sealed,
    ]);
    const guarded = await told({ record: RECORD });
    expect(guarded?.['recordings']).toEqual([{ url: ours, vendorUrl: null }]);
    expect(JSON.stringify(guarded)).not.toContain('pbx.example');
  });

  it('keeps the vendor’s AI as it came, with summary and transcript', async () => {
    const aiData = { summary: 'a refund', transcript: [{ speaker: 'agent', text: 'hello' }] };
    expect((await told({ aiData }))?.['ai']).toEqual(aiData);
  });
});
