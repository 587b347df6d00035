import { instant, type ApiCredentialId, type TenantId } from '#domain';
import { ApiCredentialRepository, TenantScope, type NewApiCredential } from '#db';
import { newId } from '#platform';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const BY = { kind: 'key', id: newId(), name: null } as const;
const MINUTE = 60_000;

let world: World;
let scope: TenantScope;
let tenant: TenantId;
let connection: TestConnection;
const clock = { at: 0, now: () => instant(clock.at) };
let credentials: ApiCredentialRepository;
let hashes = 0;

beforeAll(async () => {
  world = await openWorld();
  scope = new TenantScope(world.url, 4);
  credentials = new ApiCredentialRepository(scope, clock);
});
afterAll(async () => {
  await scope.end();
  await world.close();
});
beforeEach(async () => {
  clock.at = Date.now();
  tenant = await makeTenant(world.sql);
  connection = await makeConnection(world.sql, tenant);
});

function draft(fields: Partial<NewApiCredential> = {}): NewApiCredential {
  hashes += 1;
  return {
    ...{ connectionId: connection.id, facade: 'voicenter', shown: 'ab', name: 'Old dialler' },
    ...{ rights: ['call'], scope: 'account', agentId: null, department: null, allowFrom: [], origins: [] },
    ...{ perMinute: 60, settings: {}, expiresAt: null, hash: Buffer.alloc(32, hashes) },
    ...fields,
  };
}

const create = (fields: NewApiCredential, whose = tenant) =>
  credentials.create(whose, newId<ApiCredentialId>(), fields, BY);

describe('a credential of a vendor’s request API', () => {
  it('is known by what the client shows, at the vendor for whom it was made, with its connection', async () => {
    const fields = draft();
    const { id } = await create(fields);
    const found = await credentials.byHash('voicenter', [Buffer.alloc(32, 99), fields.hash]);
    expect(found).toMatchObject({
      credential: { id, tenantId: tenant, rights: ['call'] },
      connection: { id: connection.id, timeZone: 'Asia/Jerusalem', epochs: 'local', enabled: true },
    });
    expect(await credentials.byHash('globalex', [fields.hash])).toBeUndefined();
    expect((await credentials.open(id))?.credential.id).toBe(id);
  });

  it('is nobody’s a second time: whoever brings a secret that somebody has is told so', async () => {
    const fields = draft();
    await create(fields);
    const stranger = await makeTenant(world.sql, 'Other');
    const theirs = await makeConnection(world.sql, stranger);
    await expect(create({ ...fields, connectionId: theirs.id }, stranger)).rejects.toMatchObject({
      code: 'api_credential.taken',
      fault: 'conflict',
    });
  });

  it('holds until it ends or is revoked', async () => {
    const ending = draft({ expiresAt: instant(clock.at + MINUTE) });
    const { id: endingId } = await create(ending);
    const revoked = draft();
    const { id: revokedId } = await create(revoked);
    await credentials.revoke(tenant, revokedId, BY);
    expect(await credentials.byHash('voicenter', [revoked.hash])).toBeUndefined();
    expect(await credentials.open(revokedId)).toBeUndefined();
    expect(await credentials.open(endingId)).toBeDefined();
    clock.at += 2 * MINUTE;
    expect(await credentials.byHash('voicenter', [ending.hash])).toBeUndefined();
    expect(await credentials.open(endingId)).toBeUndefined();
  });

  it('is noted as used now and then, not with each request', async () => {
    const { id } = await create(draft());
    const used = async () => (await credentials.get(tenant, id))?.lastUsedAt;
    const first = clock.at;
    await credentials.touch(id, MINUTE);
    clock.at += MINUTE / 2;
    await credentials.touch(id, MINUTE);
    expect(await used()).toBe(first);
    clock.at += MINUTE;
    await credentials.touch(id, MINUTE);
    expect(await used()).toBe(clock.at);
  });

  it('is changed only where something is another, and what was changed is audited', async () => {
    const { id, updatedAt } = await create(draft());
    clock.at += MINUTE;
    expect((await credentials.patch(tenant, id, { name: 'Old dialler' }, BY)).updatedAt).toBe(updatedAt);
    const changed = await credentials.patch(
      tenant,
      id,
      { rights: ['read'], expiresAt: instant(clock.at) },
      BY,
    );
    expect(changed).toMatchObject({ rights: ['read'], expiresAt: clock.at, updatedAt: clock.at });
    const actions = await world.sql.rows<{ action: string }>(
      'SELECT action FROM audit_entry WHERE tenant_id = $1 ORDER BY id',
      [tenant],
    );
    expect(actions.map(({ action }) => action)).toEqual(['api_credential.created', 'api_credential.changed']);
  });
});
