/** Campaigns by our own API. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyedHash, CAMPAIGN_CODE_PURPOSE, SecretBox, systemClock } from '#platform';
import { TenantScope, openRepositories, sealedFor } from '#db';
import { openApi, type Answer, type TestApi, type TestTenant } from '../harness/api.js';
import { SECRET_KEYS, makeConnection, type TestConnection } from '../harness/tenant.js';

const PATH = '/v1/campaigns';

let api: TestApi;
let tenant: TestTenant;
let connection: TestConnection;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
  connection = await makeConnection(api.sql, tenant.id);
  api.rings.length = 0;
});

const create = (more: object = {}) =>
  tenant.client.post(PATH, { connectionId: connection.id, name: 'Renewals', mode: 'progressive', ...more });
const made = async (more: object = {}) => {
  const { status, body, text } = await create(more);
  if (status !== 201) throw new Error(text);
  return { id: String(body['id']), code: String(body['code']) };
};
const to = (id: string, rest = '') => `${PATH}/${id}${rest}`;
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const fieldsOf = ({ body }: Answer) => (body['errors'] as { field: string }[]).map(({ field }) => field);

describe('a campaign', () => {
  it('is made stopped, with every setting that nobody said, and can be read and listed', async () => {
    const answer = await create({ settings: { rules: { packs: ['uk'] }, callerId: '+442079460018' } });
    const { code, ...campaign } = answer.body;
    expect([answer.status, campaign]).toMatchObject([
      201,
      {
        ...{ connectionId: connection.id, name: 'Renewals', mode: 'progressive', state: 'stopped' },
        settings: {
          rules: { packs: ['uk'], maxAttempts: 6, minGapMinutes: 30 },
          retry: { results: { busy: { max: 6 } }, jitter: 0.2 },
          pacing: { method: 'planner', abandonTarget: 0.02 },
          ...{ presence: 'login', queue: null, callerId: '+442079460018', ringSeconds: 25, wrapSeconds: 5 },
        },
      },
    ]);
    expect(code).toMatch(/^[0-9a-f]{32}$/);
    const read = await tenant.client.get(to(String(campaign['id'])));
    expect(read.body).toEqual(campaign);
    expect((await tenant.client.get(PATH)).body.data).toEqual([campaign]);
    expect(read.headers.get('etag')).toBeTruthy();
    const audit = await tenant.client.get('/v1/audit');
    expect(audit.body.data[0]).toMatchObject({ action: 'campaign.created', subjectId: campaign['id'] });
    expect(audit.text).not.toContain(code);
  });

  it('is refused with the path of every setting that is wrong', async () => {
    const answer = await create({
      settings: {
        rules: { packs: ['mars'], windows: { mon: [{ from: '9', to: '17:00' }] }, zone: 'Mars/Base' },
        retry: { jitter: 2 },
        pacing: { abandonTarget: 0.5, speed: 1 },
        ...{ presence: 'never', callerId: 'me', callerIds: { Israel: ['+972722776772'] }, ringSeconds: 4 },
        variables: { '1x': 'y' },
      },
    });
    expect(codeOf(answer)).toEqual([400, 'request.invalid']);
    expect(fieldsOf(answer)).toEqual(
      expect.arrayContaining([
        'settings.rules.packs.0',
        'settings.rules.windows.mon.0',
        'settings.rules.zone',
        'settings.retry.jitter',
        'settings.pacing.abandonTarget',
        'settings.pacing.speed',
        'settings.presence',
        'settings.callerId',
        'settings.callerIds.Israel',
        'settings.variables.1x',
        'settings.ringSeconds',
      ]),
    );
    expect(fieldsOf(await create({ name: ' ', mode: 'robot' }))).toEqual(['name', 'mode']);
    expect(fieldsOf(await create({ state: 'running' }))).toEqual(['state']);
  });

  it.each([
    ['predictive', {}, 'settings.queue'],
    ['callback', {}, 'settings.queue'],
    ['message', {}, 'settings.announcement'],
    ['predictive', { queue: '500', rules: { packs: ['uk'] } }, 'settings.rules'],
  ])('of the mode %s says what it cannot do without', async (mode, settings, field) => {
    expect(fieldsOf(await create({ mode, settings }))).toEqual([field]);
  });

  it.each([
    ['predictive', { queue: '500' }],
    ['callback', { queue: '500' }],
    ['message', { announcement: { before: 'welcome' } }],
    ['preview', {}],
  ])('of the mode %s with that is made', async (mode, settings) => {
    expect((await create({ mode, settings })).status).toBe(201);
  });

  it('of somebody else’s connection is 404', async () => {
    const other = await api.tenant();
    const theirs = await makeConnection(api.sql, other.id);
    expect((await create({ connectionId: theirs.id })).status).toBe(404);
    const { id } = await made();
    for (const path of [to(id), to(id, '/members'), to(id, '/leads')]) {
      expect([path, (await other.client.get(path)).status]).toEqual([path, 404]);
    }
  });

  it('is changed member by member, and the dialer is told', async () => {
    const { id } = await made({
      settings: { rules: { minGapMinutes: 60, packs: ['israel'] }, queue: '500' },
    });
    const answer = await tenant.client.patch(to(id), {
      name: 'Other',
      settings: { rules: { maxAttempts: 3 }, wrapSeconds: 10, queue: null },
    });
    expect([answer.status, answer.body]).toMatchObject([
      200,
      {
        name: 'Other',
        settings: {
          rules: { minGapMinutes: 60, packs: ['israel'], maxAttempts: 3 },
          ...{ wrapSeconds: 10, queue: null },
        },
      },
    ]);
    expect(api.rings).toContainEqual({ kind: 'campaign', id });
    const wrong = await tenant.client.patch(to(id), { settings: { rules: { maxAttempts: 0 } } });
    expect(fieldsOf(wrong)).toEqual(['settings.rules.maxAttempts']);
    const late = tenant.client.with({ 'if-match': '"abc"' });
    expect((await late.patch(to(id), { name: 'Late' })).status).toBe(412);
    expect((await tenant.client.patch(to(crypto.randomUUID()), { name: 'x' })).status).toBe(404);
  });

  it('keeps all changes that come at once', async () => {
    const { id } = await made();
    const changes = [
      { wrapSeconds: 7 },
      { agentRingSeconds: 11 },
      { ringSeconds: 33 },
      { maxSeconds: 4_000 },
      { rules: { neverDial: ['+97250*'] } },
    ];
    await Promise.all(changes.map((settings) => tenant.client.patch(to(id), { settings })));
    const { settings } = (await tenant.client.get(to(id))).body;
    for (const change of changes) expect(settings).toMatchObject(change);
  });

  it('that cannot do without a setting keeps it', async () => {
    const { id } = await made({ mode: 'predictive', settings: { queue: '500' } });
    expect(fieldsOf(await tenant.client.patch(to(id), { settings: { queue: null } }))).toEqual([
      'settings.queue',
    ]);
  });

  it('is started, paused and stopped, each as its state allows, and the dialer is told', async () => {
    const { id } = await made();
    const turn = async (how: string) => {
      api.rings.length = 0;
      const answer = await tenant.client.post(to(id, `/${how}`));
      return [answer.status, answer.body['code'] ?? answer.body['state'], api.rings.length];
    };
    expect(await turn('pause')).toEqual([409, 'campaign.state', 0]);
    expect(await turn('start')).toEqual([200, 'running', 1]);
    expect(await turn('start')).toEqual([200, 'running', 1]);
    expect(await turn('pause')).toEqual([200, 'paused', 1]);
    expect(await turn('start')).toEqual([200, 'running', 1]);
    expect(await turn('stop')).toEqual([200, 'stopped', 1]);
    expect((await tenant.client.get('/v1/audit')).body.data.map(({ action }) => action)).toEqual([
      'campaign.stopped',
      'campaign.running',
      'campaign.paused',
      'campaign.running',
      'campaign.created',
    ]);
  });

  it('that is paused says how many of its calls go on', async () => {
    const { id } = await made();
    await tenant.client.post(to(id, '/start'));
    for (const [phone, state] of [
      ['+972501111111', 'answered'],
      ['+972501111112', 'accepted'],
      ['+972501111113', 'ended'],
    ]) {
      await api.sql.rows(
        `INSERT INTO dial_attempt (id, tenant_id, connection_id, source, actor, kind, phone, request, same_key, state, sent_at,
           campaign_id, owed) VALUES ($1, $2, $3, 'campaign', 'x', 'call', $4, '{}', '\\x00', $5, now(), $6, true)`,
        [crypto.randomUUID(), tenant.id, connection.id, phone, state, id],
      );
    }
    expect((await tenant.client.post(to(id, '/pause'))).body).toMatchObject({ onTheLine: 2 });
  });

  it('is deleted, and stays for the record only', async () => {
    const { id } = await made();
    await tenant.client.post(to(id, '/leads'), { number: '+972502345678' });
    expect((await tenant.client.delete(to(id))).status).toBe(204);
    expect((await tenant.client.get(PATH)).body.data).toEqual([]);
    expect((await tenant.client.get(`${PATH}?state=deleted`)).body.data).toMatchObject([{ id }]);
    for (const how of ['start', 'clear', 'code']) {
      expect([how, (await tenant.client.post(to(id, `/${how}`))).status]).toEqual([how, 404]);
    }
    expect((await tenant.client.post(to(id, '/leads'), { number: '+972502345679' })).status).toBe(404);
    expect((await tenant.client.get(to(id, '/leads'))).body.data).toMatchObject([{ state: 'removed' }]);
  });

  it('is cleared of whoever waits', async () => {
    const { id } = await made();
    for (const last of [7, 8]) await tenant.client.post(to(id, '/leads'), { number: `+97250234567${last}` });
    expect((await tenant.client.post(to(id, '/clear'))).body).toEqual({ removed: 2 });
    expect((await tenant.client.post(to(id, '/clear'))).body).toEqual({ removed: 0 });
  });
});

describe('the code of a campaign', () => {
  it('finds it by its hash, opens for whoever has the key, and is another one after it was changed', async () => {
    const { id, code } = await made();
    const scope = new TenantScope(api.world.url, 2);
    try {
      const { campaigns } = openRepositories(scope, systemClock);
      const hash = KeyedHash.fromKeys(SECRET_KEYS, CAMPAIGN_CODE_PURPOSE);
      const found = await campaigns.byCode(hash.allOf(code));
      expect(found?.id).toBe(id);
      const box = SecretBox.fromKeys(SECRET_KEYS);
      expect(box.open(found?.sealedCode ?? '', sealedFor.campaignCode(id))).toBe(code);
      const other = (await tenant.client.post(to(id, '/code'))).body['code'] as string;
      expect(other).not.toBe(code);
      expect(await campaigns.byCode(hash.allOf(code))).toBeUndefined();
      expect((await campaigns.byCode(hash.allOf(other)))?.id).toBe(id);
    } finally {
      await scope.end();
    }
    const key = await api.client(tenant.id, ['write', 'read']);
    expect((await key.post(to(id, '/code'))).body['code']).toBe('scope.missing');
    expect((await tenant.client.get(to(id))).body).not.toHaveProperty('code');
  });
});

describe('the members of a campaign', () => {
  it('are added, taken out and said anew, and the dialer is told each time', async () => {
    const { id } = await made();
    const members = to(id, '/members');
    expect((await tenant.client.post(members, { extensions: ['101', '102'] })).body).toEqual({
      extensions: ['101', '102'],
    });
    await tenant.client.post(members, { extensions: ['102', '103'] });
    expect((await tenant.client.get(members)).body).toEqual({ extensions: ['101', '102', '103'] });
    expect((await tenant.client.delete(`${members}/101`)).status).toBe(204);
    expect((await tenant.client.delete(`${members}/101`)).status).toBe(404);
    expect((await tenant.client.put(members, { extensions: ['103', '0003*104'] })).body).toEqual({
      extensions: ['103', '0003*104'],
    });
    expect((await tenant.client.delete(`${members}/${encodeURIComponent('0003*104')}`)).status).toBe(204);
    expect((await tenant.client.put(members, { extensions: [] })).body).toEqual({ extensions: [] });
    expect(api.rings.filter(({ kind }) => kind === 'campaign')).toHaveLength(6);
    expect((await tenant.client.post(members, { extensions: [] })).status).toBe(400);
    expect((await tenant.client.post(members, { extensions: ['a b'] })).status).toBe(400);
    expect((await tenant.client.get(to(crypto.randomUUID(), '/members'))).status).toBe(404);
  });
});
