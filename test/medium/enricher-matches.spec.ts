import type { TenantId } from '#domain';
import { cdr } from '../builders/cdr.js';
import { makeContact } from '../builders/contact.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { counted, openWorld, type World } from '../harness/world.js';

const E164 = '+972502345678';

describe('whose call it is, as the enricher keeps it', () => {
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

  let calls = 0;
  /** The event and the record of a new call of this number, or of the one that is named. */
  const told = async (caller = '050-234-5678', ivruniqueid = `v-${String((calls += 1))}`) => {
    await rig.takeIn(connection, cdr({ caller, ivruniqueid }));
    await rig.drain(connection);
    const events = await rig.events(connection);
    const [{ record }] = (await world.sql.rows(
      `SELECT record FROM call WHERE connection_id = $1 AND vendor_call_id = $2`,
      [connection.id, ivruniqueid],
    )) as [{ record: { match?: unknown } }];
    return { payload: events.at(-1)?.payload, record };
  };
  const setPolicy = (policy: object) =>
    world.sql.rows('UPDATE tenant SET match_policy = $2, setup_version = setup_version + 1 WHERE id = $1', [
      tenantId,
      policy,
    ]);

  it('is in the event and in the record, with why', async () => {
    const contactId = await makeContact(world.sql, tenantId, {
      name: 'John',
      externalId: 'crm-1',
      phones: [E164],
    });
    const { payload, record } = await told();
    const contact = { id: contactId, source: 'directory', name: 'John', externalId: 'crm-1' };
    expect(payload).toMatchObject({ contact, match: { reason: 'only_one', total: 1, candidates: [] } });
    expect(record.match).toMatchObject({ contact, reason: 'only_one', number: E164 });
  });

  it('follows the policy from the next call on', async () => {
    await makeContact(world.sql, tenantId, { name: 'Old', phones: [E164], ageSeconds: 60 });
    await makeContact(world.sql, tenantId, { name: 'New', phones: [E164] });
    expect((await told()).payload).toMatchObject({
      contact: { name: 'New' },
      match: { reason: 'updated_last', total: 2 },
    });
    await setPolicy({ choose: 'ask' });
    expect((await told()).payload).toMatchObject({
      contact: null,
      match: { reason: 'several', candidates: [{ name: 'New' }, { name: 'Old' }] },
    });
  });

  it('is nobody of the tenant’s own, and nobody of another tenant’s', async () => {
    const stranger = await makeTenant(world.sql, 'Stranger');
    await makeContact(world.sql, stranger, { name: 'Theirs', phones: [E164] });
    expect((await told()).payload).toMatchObject({ contact: null, match: null });
    await makeContact(world.sql, tenantId, { name: 'Myself', phones: ['+972722776772'] });
    expect((await told()).payload).toMatchObject({ contact: null, match: { reason: 'nobody' } });
    await world.sql.rows(
      `INSERT INTO did (id, tenant_id, connection_id, number, label, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, '072-277-6772', 'Main', now(), now())`,
      [tenantId, connection.id],
    );
    expect((await told('0722776772')).payload).toMatchObject({
      contact: null,
      match: { reason: 'own_number' },
    });
  });

  it('is asked for in one statement a batch, and of a tenant without contacts not at all', async () => {
    const statements = () => counted(world.metrics.statements, { statement: 'contact.find' });
    const before = await statements();
    await told();
    expect(await statements()).toBe(before);
    await makeContact(world.sql, tenantId, { name: 'John', phones: [E164] });
    const batch = ['0502345678', '0522345678', '0542345678'].map((caller, at) =>
      cdr({ caller, ivruniqueid: `b-${String(at)}` }),
    );
    await rig.takeIn(connection, ...batch);
    await rig.drain(connection);
    expect(await statements()).toBe(before + 1);
  });
});
