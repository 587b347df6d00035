import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { id, type ConnectionId } from '#domain';
import { sealedFor } from '#db';
import { SecretBox } from '#platform';
import { STAND_IN_MODULE } from '../builders/stand-in-driver.js';
import { makeCampaign } from '../builders/campaign.js';
import { openApi, type Answer, type TestApi, type TestTenant } from '../harness/api.js';
import { SourceServer } from '../harness/source-server.js';
import { SECRET_KEYS, makeConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

let api: TestApi;
let tenant: TestTenant;
let pbx: SourceServer;
let path: string;
beforeAll(async () => {
  api = await openApi({ EGRESS_ALLOW: '127.0.0.1/32' }, [STAND_IN_MODULE]);
  pbx = await SourceServer.open();
});
afterAll(async () => {
  await api.close();
  await pbx.close();
});
beforeEach(async () => {
  tenant = await api.tenant();
  path = await pathOf('voicenter');
});

async function pathOf(dialect: string): Promise<string> {
  const { id } = await makeConnection(api.sql, tenant.id, { dialect });
  return `/v1/connections/${id}/pbx-account`;
}
const put = (body: object, at = path) => tenant.client.put(at, body);
const working = () => ({ settings: { url: pbx.url }, secrets: { password: 's3cret-word' } });
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const fieldsAtFault = ({ body }: Answer) => (body['errors'] as { field: string }[]).map(({ field }) => field);

describe('the PBXs that can be commanded', () => {
  it('are listed with what their accounts are made of', async () => {
    const { body } = await tenant.client.get('/v1/pbx-drivers');
    expect(body.data).toMatchObject([
      { vendor: 'voicenter', numbers: 'local', capabilities: ['place_call', 'hang_up'] },
    ]);
    expect(body.data[0]?.['fields']).toContainEqual({
      ...{ name: 'pin', what: 'Its PIN.', secret: true, required: false, values: null, byDefault: '0000' },
    });
  });
});

describe("a PBX's account", () => {
  it('is set, read and deleted, and each change is audited', async () => {
    expect(codeOf(await tenant.client.get(path))).toEqual([404, 'resource.not_found']);
    const made = await put(working());
    expect([made.status, made.body]).toMatchObject([
      200,
      {
        settings: { url: pbx.url },
        secretsSet: ['password'],
        numbers: null,
        enabled: true,
        perSecond: 5,
        atOnce: 10,
      },
    ]);
    expect((await tenant.client.get(path)).body).toEqual(made.body);
    const changed = await put({ ...working(), numbers: 'e164', enabled: false, perSecond: 1, atOnce: 100 });
    expect(changed.body).toMatchObject({ numbers: 'e164', enabled: false, perSecond: 1, atOnce: 100 });
    expect((await tenant.client.delete(path)).status).toBe(204);
    expect(codeOf(await tenant.client.delete(path))).toEqual([404, 'resource.not_found']);
    const actions = (await tenant.client.get('/v1/audit')).body.data.map((entry) => entry['action']);
    expect(actions.reverse()).toEqual(['pbx_account.created', 'pbx_account.changed', 'pbx_account.deleted']);
  });

  it('has the campaigns looked at again that could not dial without it', async () => {
    const connection = await makeConnection(api.sql, tenant.id, { dialect: 'voicenter' });
    const [running, paused] = [
      await makeCampaign(api.sql, connection),
      await makeCampaign(api.sql, connection, { state: 'paused' }),
    ];
    const due = async () =>
      (
        await api.sql.rows<{ id: string }>(
          'SELECT id FROM campaign WHERE connection_id = $1 AND due_at IS NOT NULL',
          [connection.id],
        )
      ).map(({ id }) => id);
    const at = `/v1/connections/${connection.id}/pbx-account`;
    for (const body of [working(), { ...working(), enabled: false }]) {
      await api.sql.rows('UPDATE campaign SET due_at = NULL WHERE connection_id = $1', [connection.id]);
      expect((await put(body, at)).status).toBe(200);
      expect(await due()).toEqual([running]);
    }
    expect(await due()).not.toContain(paused);
  });

  it('has the new secret also when somebody who left it out changed something else at the same time', async () => {
    await put(working());
    const connectionId = id<ConnectionId>(path.split('/')[3] ?? '');
    const holder = new pg.Client({ connectionString: api.world.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM connection WHERE id = $1 FOR UPDATE', [connectionId]);
    const waiting = (count: number) =>
      until(`${count} to wait`, async () => {
        const sql = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        return (await api.sql.count(sql)) === count;
      });
    const first = put({ ...working(), secrets: { password: 'n3w-word' } });
    await waiting(1);
    const second = put({ settings: { url: pbx.url }, perSecond: 7 });
    await waiting(2);
    await holder.query('COMMIT');
    await holder.end();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    const { sealed } = await api.sql.row<{ sealed: string }>(
      'SELECT sealed_secrets AS sealed FROM pbx_account WHERE connection_id = $1',
      [connectionId],
    );
    const opened = SecretBox.fromKeys(SECRET_KEYS).open(sealed, sealedFor.pbxSecrets(connectionId));
    expect(JSON.parse(opened)).toEqual({ password: 'n3w-word' });
    expect((await tenant.client.get(path)).body).toMatchObject({ perSecond: 7 });
  });

  it('keeps the secrets that are left out, takes away those that are null, and shows none', async () => {
    await put({ ...working(), secrets: { password: 's3cret-word', pin: '7391' } });
    const kept = await put({ settings: { url: pbx.url } });
    expect(kept.body).toMatchObject({ secretsSet: ['password', 'pin'] });
    const less = await put({ settings: { url: pbx.url }, secrets: { pin: null } });
    expect(less.body).toMatchObject({ secretsSet: ['password'] });
    pbx.play({ status: 200 });
    await tenant.client.post(`${path}/test`);
    expect(pbx.asked[0]?.headers['authorization']).toBe('s3cret-word/');
    const audit = (await tenant.client.get('/v1/audit')).text;
    expect(audit + kept.text + less.text).not.toMatch(/s3cret-word|7391/);
    const sealed = await api.sql.row('SELECT sealed_secrets FROM pbx_account WHERE tenant_id = $1', [
      tenant.id,
    ]);
    expect(JSON.stringify(sealed)).not.toContain('s3cret-word');
  });

  it.each<[object, string[]]>([
    [{}, ['settings.url', 'secrets.password']],
    [{ settings: { url: 'http://x.example' }, secrets: { password: null } }, ['secrets.password']],
    [{ settings: { url: 'x' }, secrets: { password: 'p' } }, ['settings.url']],
    [{ settings: { url: 7 }, secrets: { password: {} } }, ['settings.url', 'secrets.password']],
    [
      { settings: { url: 'http://x.example', order: 'both' }, secrets: { password: 'p' } },
      ['settings.order'],
    ],
    [
      { settings: { url: 'http://x.example', password: 'p' }, secrets: { url: 'u', password: 'p' } },
      ['settings.password', 'secrets.url'],
    ],
    [{ perSecond: 0 }, ['perSecond']],
    [{ atOnce: 101 }, ['atOnce']],
    [{ numbers: 'sip' }, ['numbers']],
  ])('of %j is refused, and each fault is named', async (body, fields) => {
    const answer = await put(body);
    expect([answer.status, fieldsAtFault(answer)]).toEqual([400, fields]);
  });

  it('is refused for a connection whose PBX nobody can command, and for nobody’s connection', async () => {
    expect(codeOf(await put(working(), await pathOf('voipnow')))).toEqual([409, 'pbx.no_driver']);
    await put(working());
    const { client } = await api.tenant('Other');
    for (const answer of [
      await client.get(path),
      await client.put(path, working()),
      await client.post(`${path}/test`),
      await client.delete(path),
    ]) {
      expect(codeOf(answer)).toEqual([404, 'resource.not_found']);
    }
  });

  it('is set by keys of an admin only', async () => {
    const writer = await api.client(tenant.id, ['write']);
    expect(codeOf(await writer.put(path, working()))).toEqual([403, 'scope.missing']);
  });
});

describe('the test of an account', () => {
  const test = async () => (await tenant.client.post(`${path}/test`)).body;

  it('says whether the PBX lets us in, also with an account that is switched off', async () => {
    expect(codeOf(await tenant.client.post(`${path}/test`))).toEqual([404, 'resource.not_found']);
    await put({ ...working(), enabled: false });
    pbx.play({ status: 200 });
    expect(await test()).toEqual({ ok: true, reason: 'It answered.' });
  });

  it('shows no secret that the PBX repeats', async () => {
    await put(working());
    pbx.play({ status: 401, body: 'who is s3cret-word?' });
    const { ok, reason } = await test();
    expect([ok, reason]).toEqual([false, expect.stringMatching(/^It said: who is (?!s3cret-word).+\?$/)]);
  });

  it('keeps a token that was traded, until the account is another one', async () => {
    await put(working());
    pbx.play({ status: 200 });
    await test();
    await test();
    await put({ settings: { url: pbx.url, order: 'agent' } });
    await test();
    expect(pbx.asked.map(({ headers }) => headers['authorization'])).toEqual([
      ...['s3cret-word/', 's3cret-word/traded', 's3cret-word/'],
    ]);
  });

  it('goes nowhere inside', async () => {
    await put({ settings: { url: 'http://10.0.0.1/' }, secrets: { password: 'p' } });
    const { ok, reason } = await test();
    expect([ok, reason]).toEqual([false, expect.stringContaining('not allowed')]);
  });
});
