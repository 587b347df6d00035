import type { TenantId } from '#domain';
import { ContactLookup } from '#db';
import { makeContact } from '../builders/contact.js';
import { makeConnection, makeTenant } from '../harness/tenant.js';
import { counted, openWorld, type World } from '../harness/world.js';

const E164 = '+972502345678';
const OTHER = '+972722776772';

describe('the contact lookup', () => {
  let world: World;
  let lookup: ContactLookup;
  let ours: TenantId;
  let theirs: TenantId;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    lookup = new ContactLookup(world.hot);
    ours = await makeTenant(world.sql, 'Ours');
    theirs = await makeTenant(world.sql, 'Theirs');
  });

  const namesOf = async (tenantId: TenantId, e164 = E164) => {
    const { candidates } = await lookup.find({ tenantId, e164 });
    return candidates.map(({ name }) => name);
  };

  it('finds a contact by each of its numbers, with all that a popup shows', async () => {
    const url = 'https://crm.example/1';
    const traits = { name: 'John', company: 'Acme', externalId: 'crm-1', url, phones: [E164, OTHER] };
    const contactId = await makeContact(world.sql, ours, traits);
    const found = await lookup.find({ tenantId: ours, e164: OTHER });
    expect(found).toEqual({
      own: null,
      total: 1,
      candidates: [
        {
          id: contactId,
          source: 'directory',
          numbers: [OTHER],
          externalId: 'crm-1',
          name: 'John',
          company: 'Acme',
          url,
          createdAt: expect.any(Number) as number,
          updatedAt: expect.any(Number) as number,
        },
      ],
    });
    const byOther = await lookup.find({ tenantId: ours, e164: E164 });
    expect(byOther.candidates).toMatchObject([{ id: contactId, numbers: [E164] }]);
    expect(await lookup.find({ tenantId: ours, e164: '+972502345679' })).toEqual({
      ...{ own: null, total: 0, candidates: [] },
    });
  });

  it.each([
    ['Argentina', '+5491123456789', '+541123456789'],
    ['Mexico', '+525512345678', '+5215512345678'],
    ['Brazil', '+5511987654321', '+551187654321'],
  ])('finds one person by both forms that numbers of %s have', async (_where, one, other) => {
    await makeContact(world.sql, ours, { name: 'Ana', phones: [one] });
    await makeContact(world.sql, ours, { name: 'Eva', phones: [other] });
    await makeContact(world.sql, theirs, { name: 'Theirs', phones: [one, other] });
    expect((await namesOf(ours, one)).sort()).toEqual(['Ana', 'Eva']);
    expect((await namesOf(ours, other)).sort()).toEqual(['Ana', 'Eva']);
  });

  it('tells of a contact that has both forms once', async () => {
    await makeContact(world.sql, ours, { name: 'Ana', phones: ['+5491123456789', '+541123456789'] });
    expect(await lookup.find({ tenantId: ours, e164: '+541123456789' })).toMatchObject({ total: 1 });
  });

  it('never finds another tenant’s contacts, also of one number asked for by both at once', async () => {
    await makeContact(world.sql, theirs, { name: 'Theirs', phones: [E164, OTHER] });
    expect(await namesOf(ours)).toEqual([]);
    await makeContact(world.sql, ours, { name: 'Ours', phones: [E164] });
    expect(await Promise.all([namesOf(ours), namesOf(theirs), namesOf(ours, OTHER)])).toEqual([
      ['Ours'],
      ['Theirs'],
      [],
    ]);
  });

  it('gives those updated last of many, and tells how many there are', async () => {
    for (let age = 0; age < 8; age += 1) {
      await makeContact(world.sql, ours, { name: `aged ${String(age)}`, phones: [E164], ageSeconds: age });
    }
    const { total, candidates } = await lookup.find({ tenantId: ours, e164: E164 });
    expect(total).toBe(8);
    expect(candidates.map(({ name }) => name).slice(0, 2)).toEqual(['aged 0', 'aged 1']);
    expect(candidates.length).toBeLessThan(8);
  });

  it('gives those made first where that is asked for', async () => {
    for (let age = 0; age < 8; age += 1) {
      await makeContact(world.sql, ours, { name: `aged ${String(age)}`, phones: [E164] });
    }
    await world.sql.rows(
      `UPDATE contact SET created_at = created_at - right(name, 1)::int * interval '1 hour' WHERE tenant_id = $1`,
      [ours],
    );
    const { total, candidates } = await lookup.find({ tenantId: ours, e164: E164, oldestFirst: true });
    expect([total, ...candidates.map(({ name }) => name).slice(0, 2)]).toEqual([8, 'aged 7', 'aged 6']);
  });

  it.each([
    ['a number of the tenant’s own', 'did', 'own_number'],
    ['the phone of one of its people', 'extension', 'extension'],
  ])('says that it is %s, in whatever spelling it is kept', async (_what, table, own) => {
    const connection = await makeConnection(world.sql, ours);
    const other = await makeConnection(world.sql, theirs);
    await makeContact(world.sql, ours, { name: 'Myself', phones: [E164] });
    const add = `INSERT INTO ${table} (id, tenant_id, connection_id, number, label, created_at, updated_at${table === 'extension' ? ', aliases' : ''})
      VALUES (gen_random_uuid(), $1, $2, $3, 'x', now(), now()${table === 'extension' ? `, '{}'` : ''})`;
    await world.sql.rows(add, [theirs, other.id, '050-234-5678']);
    // The same last digits and another number.
    await world.sql.rows(add, [ours, connection.id, '052-234-5678']);
    expect(await lookup.find({ tenantId: ours, e164: E164 })).toMatchObject({ own: null, total: 1 });
    await world.sql.rows(add, [ours, connection.id, '050-234-5678']);
    expect(await lookup.find({ tenantId: ours, e164: E164 })).toMatchObject({ own });
  });

  it('asks for what is asked together in one statement, and gives each its own', async () => {
    await makeContact(world.sql, ours, { name: 'Ours', phones: [E164] });
    await makeContact(world.sql, theirs, { name: 'Theirs', phones: [OTHER] });
    const statements = () => counted(world.metrics.statements, { statement: 'contact.find' });
    const before = await statements();
    const keys = Array.from({ length: 100 }, (_one, at) =>
      at % 2 === 0 ? ([ours, E164] as const) : ([theirs, OTHER] as const),
    );
    const names = await Promise.all(keys.map(([tenant, e164]) => namesOf(tenant, e164)));
    expect(names).toEqual(keys.map(([tenant]) => [tenant === ours ? 'Ours' : 'Theirs']));
    expect(await statements()).toBe(before + 1);
  });

  it('is answered by an index, however many contacts there are', async () => {
    const plan = await world.hot.run<{ 'QUERY PLAN': string }>(
      'explain',
      `EXPLAIN SELECT c.name FROM contact_phone p JOIN contact c ON c.tenant_id = p.tenant_id AND c.id = p.contact_id
       WHERE p.tenant_id = '${ours}' AND p.e164 = '${E164}'`,
      [],
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan');
  });

  it('a number cannot be put to another tenant’s contact', async () => {
    const contactId = await makeContact(world.sql, theirs, { phones: [] });
    const stealing = world.sql.rows(
      `INSERT INTO contact_phone (tenant_id, e164, contact_id, place) VALUES ($1, $2, $3, 1)`,
      [ours, E164, contactId],
    );
    await expect(stealing).rejects.toThrow(/foreign key/);
  });
});
