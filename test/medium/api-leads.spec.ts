/** People on campaigns' lists, by our own API. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openApi, type Answer, type TestApi, type TestTenant } from '../harness/api.js';
import { makeConnection } from '../harness/tenant.js';

let api: TestApi;
let tenant: TestTenant;
let path: string;
let campaignId: string;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
  const connection = await makeConnection(api.sql, tenant.id);
  const draft = { connectionId: connection.id, name: 'Renewals', mode: 'progressive' };
  campaignId = String((await tenant.client.post('/v1/campaigns', draft)).body['id']);
  path = `/v1/campaigns/${campaignId}/leads`;
  api.rings.length = 0;
});

const NUMBER = '+972502345678';
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const fieldsOf = ({ body }: Answer) => (body['errors'] as { field: string }[]).map(({ field }) => field);
const added = async (more: object = {}) => {
  const { status, body, text } = await tenant.client.post(path, { number: NUMBER, ...more });
  if (status !== 201) throw new Error(text);
  return `${path}/${String(body['id'])}`;
};
const bulk = (leads: unknown[], more: object = {}) => tenant.client.post(`${path}/bulk`, { leads, ...more });

describe('a lead of a campaign whose rules want the registry asked', () => {
  it('waits for the answer, which is told by number, and is judged again at once', async () => {
    const rules = { registryDays: 15 };
    await tenant.client.patch(`/v1/campaigns/${campaignId}`, { settings: { rules } });
    const lead = await added();
    const held = `UPDATE campaign_lead SET gate = 'do_not_call', next_at = now() + interval '1 h' WHERE campaign_id = $1`;
    await api.sql.rows(held, [campaignId]);
    await api.sql.rows('UPDATE campaign SET due_at = NULL WHERE id = $1', [campaignId]);
    const why = async () => (await tenant.client.get(`${lead}/why`)).body;
    expect(await why()).toMatchObject({ may: false });
    const path = '/v1/do-not-call/registry';
    const told = await tenant.client.post(path, {
      listed: false,
      numbers: ['050-234-5678', 'x'],
      country: 'IL',
    });
    expect([told.status, told.body]).toMatchObject([200, { kept: 1, refused: [{ index: 1 }] }]);
    const due = `SELECT l.gate, l.next_at <= now() AS due, c.due_at IS NOT NULL AS wakes
                 FROM campaign_lead l JOIN campaign c ON c.id = l.campaign_id WHERE c.id = $1`;
    expect(await api.sql.rows(due, [campaignId])).toEqual([{ gate: null, due: true, wakes: true }]);
    const older = { listed: true, numbers: [NUMBER], askedAt: '2026-01-01T00:00:00Z' };
    expect((await tenant.client.post(path, older)).status).toBe(200);
    const kept = 'SELECT phone, listed FROM registry_check WHERE tenant_id = $1';
    expect(await api.sql.rows(kept, [tenant.id])).toEqual([{ phone: NUMBER, listed: false }]);
  });
});

describe('a lead', () => {
  it('is added with its number in any spelling of the connection’s country, and can be read and listed', async () => {
    const answer = await tenant.client.post(path, {
      ...{ number: '050-234-5678', name: 'Dana', priority: 5, callerId: 'Anonymous', region: 'FL' },
      ...{ customData: { ticket: '4711' }, zone: 'Asia/Jerusalem', consentAt: '2026-01-01T00:00:00Z' },
      ...{ notBefore: '2027-01-01T10:00:00+02:00', maxTries: 3 },
    });
    expect([answer.status, answer.body]).toMatchObject([
      201,
      {
        ...{ campaignId, importId: null, number: NUMBER, name: 'Dana', priority: 5, callerId: 'Anonymous' },
        ...{ customData: { ticket: '4711' }, zone: 'Asia/Jerusalem', consentAt: '2026-01-01T00:00:00.000Z' },
        ...{ notBefore: '2027-01-01T08:00:00.000Z', nextAt: '2027-01-01T08:00:00.000Z', maxTries: 3 },
        ...{ state: 'waiting', attempts: 0, gate: null, reason: null, lastResult: null, disposition: null },
      },
    ]);
    expect((await tenant.client.get(`${path}/${String(answer.body['id'])}`)).body).toEqual(answer.body);
    expect((await tenant.client.get(path)).body.data).toEqual([answer.body]);
    expect(api.rings).toEqual([{ kind: 'campaign', id: campaignId }]);
  });

  it('is refused with what is wrong, and twice', async () => {
    expect(fieldsOf(await tenant.client.post(path, { number: 'nobody' }))).toEqual(['number']);
    const wrong = { number: NUMBER, zone: 'Mars', customData: { '1': 'x' }, maxTries: 0, priority: 0.5 };
    expect(fieldsOf(await tenant.client.post(path, wrong)).sort()).toEqual(['maxTries', 'priority', 'zone']);
    const named = await tenant.client.post(path, { number: NUMBER, customData: { '1': 'x' } });
    expect(fieldsOf(named)).toEqual(['customData.1']);
    await added();
    expect(codeOf(await tenant.client.post(path, { number: '0502345678' }))).toEqual([409, 'lead.duplicate']);
    expect((await tenant.client.post(path, { number: '020 7946 0018', country: 'GB' })).status).toBe(201);
  });

  it('is not on the list of another campaign, or of nobody', async () => {
    const lead = await added();
    const { body } = await tenant.client.get('/v1/campaigns');
    const draft = { connectionId: body.data[0]?.['connectionId'], name: 'Other', mode: 'preview' };
    const other = String((await tenant.client.post('/v1/campaigns', draft)).body['id']);
    const elsewhere = lead.replace(campaignId, other);
    for (const [method, rest] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/requeue'],
      ['POST', '/done'],
    ] as const) {
      const answer = await tenant.client.ask(method, elsewhere + rest, method === 'PATCH' ? {} : undefined);
      expect([method, rest, answer.status]).toEqual([method, rest, 404]);
    }
    expect((await tenant.client.get(`/v1/campaigns/${crypto.randomUUID()}/leads`)).status).toBe(404);
  });

  it('is changed, and judged anew', async () => {
    const lead = await added({ name: 'Dana', consentAt: '2026-01-01T00:00:00Z' });
    await api.sql.rows(
      `UPDATE campaign_lead SET gate = 'window', reason = 'x', next_at = now() + interval '1 day'`,
    );
    const answer = await tenant.client.patch(lead, { name: null, priority: 9, consentAt: null });
    expect(answer.body).toMatchObject({ name: null, priority: 9, consentAt: null, gate: null, reason: null });
    expect(Date.parse(String(answer.body['nextAt']))).toBeLessThanOrEqual(Date.now());
    const later = await tenant.client.patch(lead, { notBefore: '2027-01-01T08:00:00Z' });
    expect(later.body).toMatchObject({ nextAt: '2027-01-01T08:00:00.000Z' });
    expect(fieldsOf(await tenant.client.patch(lead, { number: '+972502345679' }))).toEqual(['number']);
  });

  it('is done by a person with a word and a note, and put back on the list', async () => {
    const lead = await added();
    const done = await tenant.client.post(`${lead}/done`, { disposition: 'renewed', note: 'By phone' });
    expect(done.body).toMatchObject({
      state: 'done',
      disposition: 'renewed',
      note: 'By phone',
      nextAt: null,
    });
    await api.sql.rows('UPDATE campaign_lead SET attempts = 4');
    const again = await tenant.client.post(`${lead}/requeue`);
    expect(again.body).toMatchObject({ state: 'waiting', attempts: 0, disposition: 'renewed' });
    expect(again.body['nextAt']).not.toBeNull();
    await tenant.client.post(`${lead}/done`);
    await added();
    expect(codeOf(await tenant.client.post(`${lead}/requeue`))).toEqual([409, 'lead.duplicate']);
  });

  describe('whose campaign says what words come to', () => {
    const dispositions = {
      sold: { then: 'done' },
      'call back': { then: 'retry', afterMinutes: 90 },
      'never again': { then: 'do_not_call' },
    };
    const listed = async () => (await tenant.client.get('/v1/do-not-call')).body.data;
    const say = (lead: string, disposition: string) => tenant.client.post(`${lead}/done`, { disposition });

    beforeEach(async () => {
      const { status } = await tenant.client.patch(`/v1/campaigns/${campaignId}`, {
        settings: { dispositions },
      });
      expect(status).toBe(200);
      api.rings.length = 0;
    });

    it('waits for another call, its tries counted on, until they are used up', async () => {
      const lead = await added({ maxTries: 2 });
      const dials = () =>
        api.sql.rows(`UPDATE campaign_lead SET state = 'dialling', next_at = NULL WHERE campaign_id = $1`, [
          campaignId,
        ]);
      await dials();
      const before = Date.now();
      const again = await say(lead, 'Call back');
      expect(again.body).toMatchObject({ state: 'waiting', attempts: 1, disposition: 'Call back' });
      const inMs = Date.parse(String(again.body['nextAt'])) - before;
      expect(Math.abs(inMs - 90 * 60_000)).toBeLessThan(60_000);
      await dials();
      expect((await say(lead, 'call back')).body).toMatchObject({ state: 'given_up', nextAt: null });
      expect(await listed()).toEqual([]);
    });

    it('is done with its number on the tenant’s list, audited, and so only once', async () => {
      const lead = await added({ name: 'Dana' });
      expect((await say(lead, 'never again')).body).toMatchObject({ state: 'done', nextAt: null });
      expect(await listed()).toMatchObject([{ number: NUMBER, name: 'Dana', source: 'disposition' }]);
      expect((await say(lead, 'never again')).status).toBe(200);
      const audit = (await tenant.client.get('/v1/audit')).body.data.map(({ action }) => action);
      expect(audit.filter((action) => action === 'do_not_call.added')).toHaveLength(1);
      expect(audit).toContain('lead.changed');
    });

    it('is done by any other word, and stays so where the number waits by another lead', async () => {
      expect((await say(await added(), 'sold')).body).toMatchObject({ state: 'done' });
      const lead = await added();
      expect((await say(lead, 'renewed')).body).toMatchObject({ state: 'done', disposition: 'renewed' });
      await added();
      // Another lead waits with the number: this one cannot.
      expect(codeOf(await say(lead, 'call back'))).toEqual([409, 'lead.duplicate']);
      expect((await tenant.client.get(lead)).body).toMatchObject({ state: 'done', disposition: 'renewed' });
      expect(await listed()).toEqual([]);
    });
  });

  it('is taken off the list for good', async () => {
    const lead = await added();
    expect((await tenant.client.delete(lead)).status).toBe(204);
    expect((await tenant.client.delete(lead)).status).toBe(204);
    expect((await tenant.client.get(lead)).body).toMatchObject({ state: 'removed', nextAt: null });
    expect(codeOf(await tenant.client.post(`${lead}/requeue`))).toEqual([409, 'lead.state']);
    expect(codeOf(await tenant.client.post(`${lead}/done`))).toEqual([409, 'lead.state']);
  });

  it('whose number is none cannot be put back on the list', async () => {
    await bulk([{ number: 'nobody' }]);
    const [lead] = (await tenant.client.get(path)).body.data;
    const answer = await tenant.client.post(`${path}/${String(lead?.['id'])}/requeue`);
    expect(codeOf(answer)).toEqual([409, 'lead.no_number']);
  });
});

describe('many leads', () => {
  const MIXED = [
    { number: '050-234-5678', name: 'Dana' },
    { number: '+972502345678' },
    { number: 'nobody' },
    { number: NUMBER, nmae: 'x' },
    null,
    7,
    { name: 'Nobody' },
    { number: '+442079460018', consentAt: 'yesterday' },
    { number: '+442079460018', customData: { a: 1 } },
    { number: '+44 20 7946 0019', priority: 3 },
  ];

  it('are each read by itself', async () => {
    const answer = await bulk(MIXED);
    expect([answer.status, answer.body]).toMatchObject([200, { added: 2, unchanged: 1 }]);
    const { invalid, refused } = answer.body as Record<string, { index: number; reason: string }[]>;
    expect(invalid?.map(({ index }) => index)).toEqual([2]);
    expect(refused?.map(({ index }) => index)).toEqual([3, 4, 5, 6, 7, 8]);
    expect([...(invalid ?? []), ...(refused ?? [])].every(({ reason }) => reason.length > 10)).toBe(true);
    const kept = (await tenant.client.get(`${path}?state=invalid`)).body.data;
    expect(kept).toMatchObject([{ number: 'nobody', state: 'invalid', nextAt: null }]);
    expect(kept[0]?.['reason']).toMatch(/no phone number/);
  });

  it('whose number cannot be dialled are not kept where nobody wants them', async () => {
    await bulk([{ number: 'nobody' }], { keepInvalid: false });
    expect((await tenant.client.get(path)).body.data).toEqual([]);
  });

  it('are held against the campaign’s own open ones, all of the campaign’s, or all of the tenant’s', async () => {
    const lead = await added();
    const again = async (duplicates: string, at = '') => {
      const { body } = await tenant.client.post(`${at || path}/bulk`, {
        ...{ leads: [{ number: NUMBER }], duplicates },
      });
      return body['added'];
    };
    expect(await again('open')).toBe(0);
    await tenant.client.post(`${lead}/done`);
    expect(await again('campaign')).toBe(0);
    expect(await again('open')).toBe(1);
    const { body } = await tenant.client.get('/v1/campaigns');
    const draft = { connectionId: body.data[0]?.['connectionId'], name: 'Other', mode: 'preview' };
    const other = `/v1/campaigns/${String((await tenant.client.post('/v1/campaigns', draft)).body['id'])}/leads`;
    expect(await again('tenant', other)).toBe(0);
    expect(await again('campaign', other)).toBe(1);
  });

  it('are ten thousand at most, and no fewer than one', async () => {
    expect((await bulk([])).status).toBe(400);
    expect((await bulk(Array.from({ length: 10_001 }, () => 1))).status).toBe(400);
    const leads = Array.from({ length: 10_000 }, (_, at) => ({ number: `+97250${String(2_000_000 + at)}` }));
    expect((await bulk(leads)).body).toMatchObject({ added: 10_000, unchanged: 0, invalid: [], refused: [] });
  });

  it('are listed by state, number and page', async () => {
    await bulk(Array.from({ length: 5 }, (_, at) => ({ number: `+97250234567${String(at)}` })));
    const list = async (query: string) => (await tenant.client.get(`${path}?${query}`)).body;
    expect((await list('number=%2B972502345673')).data).toMatchObject([{ number: '+972502345673' }]);
    expect((await list('number=junk')).data).toEqual([]);
    expect((await list('state=done')).data).toEqual([]);
    expect((await list(`importId=${crypto.randomUUID()}`)).data).toEqual([]);
    const first = await list('limit=3');
    const second = await list(`limit=3&cursor=${String(first.nextCursor)}`);
    expect([first.data.length, second.data.length, second.nextCursor]).toEqual([3, 2, null]);
  });
});
