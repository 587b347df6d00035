import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeContact } from '../builders/contact.js';
import { openApi, type Answer, type ApiClient, type TestApi, type TestTenant } from '../harness/api.js';
import { makeConnection } from '../harness/tenant.js';

let api: TestApi;
let tenant: TestTenant;
let client: ApiClient;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
  client = tenant.client;
});

const hits = ({ body }: Answer) => body.data.map(({ name, hit }) => [name, hit]);
const search = async (q: string, limit = 20) =>
  hits(await client.get(`/v1/contacts/search?limit=${String(limit)}&q=${encodeURIComponent(q)}`));
const put = async (fields: object) => {
  const made = await client.post('/v1/contacts', fields);
  expect(made.status).toBe(201);
  return String(made.body['id']);
};

describe('a search for a name', () => {
  it('gives first what begins so, then what has such a word, then what holds it', async () => {
    for (const name of ['Macdana', 'Levi Dana', 'Danao', 'Dana', 'Dana Cohen', 'Yael']) await put({ name });
    expect(await search('dana')).toEqual([
      ['Dana', 'beginning'],
      ['Dana Cohen', 'beginning'],
      ['Danao', 'beginning'],
      ['Levi Dana', 'word'],
      ['Macdana', 'part'],
    ]);
    expect(await search('dana', 2)).toEqual([
      ['Dana', 'beginning'],
      ['Dana Cohen', 'beginning'],
    ]);
  });

  it('knows companies, and every script, with accents or without and in any case', async () => {
    await put({ name: 'דנה כהן', company: 'Zürich Öl' });
    await put({ name: 'Дмитрий Иванов' });
    await put({ name: 'José Núñez' });
    expect(await search('כהן')).toEqual([['דנה כהן', 'word']]);
    expect(await search('דנ')).toEqual([['דנה כהן', 'beginning']]);
    expect(await search('zurich')).toEqual([['דנה כהן', 'word']]);
    expect(await search('ИВАНОВ')).toEqual([['Дмитрий Иванов', 'word']]);
    expect(await search('jose nunez')).toEqual([['José Núñez', 'beginning']]);
    expect(await search('NÚÑEZ')).toEqual([['José Núñez', 'word']]);
  });

  it('gives what is like it where nothing is it', async () => {
    await put({ name: 'Katherine Johnson' });
    await put({ name: 'Ann' });
    expect(await search('Kathrine Jonson')).toEqual([['Katherine Johnson', 'similar']]);
    expect(await search('zzzz')).toEqual([]);
  });

  it('takes every character for itself', async () => {
    await put({ name: '100%_Acme \\ Co' });
    await put({ name: 'Ann' });
    for (const q of ['100%', '%_a', '\\ co', '%', '_']) {
      expect([q, (await search(q)).map(([name]) => name)]).toEqual([
        q,
        q.length > 2 ? ['100%_Acme \\ Co'] : [],
      ]);
    }
  });

  it('never finds another tenant’s', async () => {
    await makeContact(api.sql, (await api.tenant('Other')).id, { name: 'Dana', phones: ['+972502345678'] });
    expect(await search('dana')).toEqual([]);
    expect(await search('+972502345678')).toEqual([]);
  });

  it('follows a change of the name', async () => {
    const id = await put({ name: 'Dana' });
    await client.patch(`/v1/contacts/${id}`, { name: 'Yael' });
    expect([await search('dana'), await search('yael')]).toEqual([[], [['Yael', 'beginning']]]);
  });
});

describe('a search for a number', () => {
  beforeEach(async () => {
    await makeConnection(api.sql, tenant.id);
    await put({ name: 'Dana', phones: [{ number: '+972502345678' }] });
    await put({ name: 'Yael', phones: [{ number: '+972502345679' }] });
    await put({ name: 'Rome', phones: [{ number: '+390612345678' }] });
  });

  it('knows each spelling of it', async () => {
    for (const q of ['050-234-5678', '+972 50 234 5678', '972502345678', '00972502345678']) {
      expect([q, await search(q)]).toEqual([q, [['Dana', 'number']]]);
    }
  });

  it('knows it as far as it is typed, and by its last digits', async () => {
    expect(await search('0502')).toEqual([
      ['Dana', 'beginning'],
      ['Yael', 'beginning'],
    ]);
    expect(await search('+97250')).toHaveLength(2);
    expect(await search('5678')).toEqual([
      ['Dana', 'part'],
      ['Rome', 'part'],
    ]);
    expect(await search('50')).toEqual([]);
  });

  it('gives a contact with several such numbers once', async () => {
    await put({ name: 'Both', phones: [{ number: '+972521115678' }, { number: '+972521125678' }] });
    expect((await search('5678')).filter(([name]) => name === 'Both')).toHaveLength(1);
  });
});

describe('persons and companies', () => {
  it('belong to each other, to agents, and to other systems', async () => {
    const agent = await client.post('/v1/agents', { name: 'Agent' });
    const company = await put({ name: 'Acme', kind: 'company' });
    const links = {
      companyId: company,
      ownerId: agent.body['id'],
      externalIds: [{ source: 'hubspot', id: '7' }],
    };
    const id = await put({ name: 'Dana', ...links });
    expect((await client.get(`/v1/contacts/${id}`)).body).toMatchObject({ kind: 'person', ...links });
    expect((await client.delete(`/v1/contacts/${company}`)).status).toBe(204);
    expect((await client.get(`/v1/contacts/${id}`)).body).toMatchObject({ companyId: null });
  });

  it('are refused with a company or an owner that is none of the tenant’s', async () => {
    const other = await api.tenant('Other');
    const theirs = await makeContact(api.sql, other.id, { name: 'Theirs' });
    await api.sql.rows(`UPDATE contact SET kind = 'company' WHERE id = $1`, [theirs]);
    const person = await put({ name: 'No company' });
    for (const companyId of [theirs, person, crypto.randomUUID()]) {
      const answer = await client.post('/v1/contacts', { name: 'Dana', companyId });
      expect([answer.status, answer.body['code']]).toEqual([400, 'contact.no_such_company']);
    }
    const owner = await client.post('/v1/contacts', { name: 'Dana', ownerId: crypto.randomUUID() });
    expect([owner.status, owner.body['code']]).toEqual([400, 'contact.no_such_owner']);
  });

  it('of one id in another system are not two', async () => {
    const ids = { externalIds: [{ source: 'hubspot', id: '7' }] };
    const id = await put({ name: 'Dana', ...ids });
    const again = await client.post('/v1/contacts', { name: 'Ann', ...ids });
    expect([again.status, again.body['code']]).toEqual([409, 'contact.external_id_taken']);
    expect((await client.patch(`/v1/contacts/${id}`, ids)).status).toBe(200);
    const wrong = await client.patch(`/v1/contacts/${id}`, {
      externalIds: [{ source: 'Hub Spot', id: '7' }],
    });
    expect(wrong.status).toBe(400);
  });
});

describe('contacts that are merged', () => {
  const merge = (contactId: string, ...mergedIds: string[]) =>
    client.post('/v1/contact-merges', { contactId, mergedIds });
  const get = async (id: string) => (await client.get(`/v1/contacts/${id}`)).body;

  it('are one with the numbers and ids of all, and again what they were when it is undone', async () => {
    const company = await put({ name: 'Acme', kind: 'company' });
    const kept = await put({
      ...{ name: 'Dana', phones: [{ number: '+972502345678', label: 'mobile' }], metadata: { a: 1 } },
      externalIds: [{ source: 'erp', id: '1' }],
    });
    const other = await put({
      ...{ externalId: 'crm-2', name: 'D. Cohen', email: 'dana@acme.example', companyId: company },
      phones: [{ number: '+972502345678' }, { number: '+972722776772', kind: 'work' }],
      metadata: { a: 2, b: 3 },
      externalIds: [{ source: 'hubspot', id: '9' }],
    });
    const before = [await get(kept), await get(other)];
    const merged = await merge(kept, other);
    expect([merged.status, merged.body['mergedIds']]).toEqual([201, [other]]);
    expect(await get(kept)).toMatchObject({
      ...{ name: 'Dana', email: 'dana@acme.example', externalId: 'crm-2', companyId: company },
      phones: [
        { e164: '+972502345678', label: 'mobile', kind: 'mobile' },
        { e164: '+972722776772', label: null, kind: 'work' },
      ],
      metadata: { a: 1, b: 3 },
      externalIds: [
        { source: 'erp', id: '1' },
        { source: 'hubspot', id: '9' },
      ],
    });
    expect((await client.get(`/v1/contacts/${other}`)).status).toBe(404);
    expect(await search('cohen')).toEqual([]);

    const undo = `/v1/contact-merges/${String(merged.body['id'])}/undo`;
    const undone = await client.post(undo, {});
    expect([undone.status, typeof undone.body['undoneAt']]).toEqual([200, 'string']);
    expect([await get(kept), await get(other)]).toEqual(
      before.map((one) => ({ ...one, updatedAt: expect.anything() })),
    );
    expect((await client.post(undo, {})).body['code']).toBe('merge.undone');
    expect((await client.get('/v1/contact-merges')).body.data).toHaveLength(1);
  });

  it('leave their people to the one that is kept', async () => {
    const [kept, other] = [
      await put({ name: 'Acme', kind: 'company' }),
      await put({ name: 'ACME Ltd', kind: 'company' }),
    ];
    const person = await put({ name: 'Dana', companyId: other });
    const merged = await merge(kept, other);
    expect((await get(person))['companyId']).toBe(kept);
    await client.post(`/v1/contact-merges/${String(merged.body['id'])}/undo`, {});
    expect((await get(person))['companyId']).toBe(other);
  });

  it('are not undone over what was changed since', async () => {
    const [kept, other] = [
      await put({ name: 'Dana' }),
      await put({ name: 'Dana C', email: 'd@acme.example' }),
    ];
    const merged = await merge(kept, other);
    await client.patch(`/v1/contacts/${kept}`, { name: 'Dana Cohen' });
    const undone = await client.post(`/v1/contact-merges/${String(merged.body['id'])}/undo`, {});
    expect([undone.status, undone.body['code']]).toEqual([409, 'merge.changed_since']);
    expect((await client.get('/v1/contact-merges')).body.data).toMatchObject([{ undoneAt: null }]);
  });

  it('are the tenant’s own, and others than the one that is kept', async () => {
    const kept = await put({ name: 'Dana' });
    const theirs = await makeContact(api.sql, (await api.tenant('Other')).id, { name: 'Theirs' });
    expect((await merge(kept, theirs)).status).toBe(404);
    expect((await merge(theirs, kept)).status).toBe(404);
    expect((await merge(kept, kept)).status).toBe(400);
    expect((await merge(kept)).status).toBe(400);
    expect(await api.sql.count('SELECT count(*) FROM contact WHERE id = $1', [theirs])).toBe(1);
  });
});

describe('many contacts at once', () => {
  const bulk = async (body: object) => {
    const answer = await client.post('/v1/contacts/bulk', body);
    expect(answer.status).toBe(200);
    return answer.body.data;
  };
  const outcomes = (rows: Record<string, unknown>[]) => rows.map(({ outcome }) => outcome);

  it('are made, changed or left, and each that is wrong says why', async () => {
    await makeConnection(api.sql, tenant.id);
    const first = await bulk({
      country: 'IL',
      contacts: [
        { externalId: '1', name: 'Dana', phones: [{ number: '050-234-5678', kind: 'mobile' }] },
        { externalId: '2', name: 'Yael', metadata: { a: 1 } },
        { externalId: '2', name: 'Twice' },
        { externalId: '3', name: 'Ann', phones: [{ number: '101' }] },
        { externalId: '4' },
        { name: 'Nobody' },
        'junk',
      ],
    });
    expect(outcomes(first)).toEqual(['made', 'made', 'failed', 'failed', 'failed', 'failed', 'failed']);
    expect(first.slice(2).map(({ errors }) => (errors as { field: string }[])[0]?.field)).toEqual([
      'externalId',
      'phones.0.number',
      'name',
      'externalId',
      'body',
    ]);
    const contacts = [
      { externalId: '1', company: 'Acme' },
      { externalId: '2', name: 'Yael', metadata: { a: 1 } },
    ];
    expect(outcomes(await bulk({ contacts }))).toEqual(['changed', 'unchanged']);
    expect((await client.get(`/v1/contacts/${String(first[0]?.['id'])}`)).body).toMatchObject({
      ...{ externalId: '1', name: 'Dana', company: 'Acme' },
      phones: [{ e164: '+972502345678', kind: 'mobile' }],
    });
    expect(await search('dana acme')).toEqual([['Dana', 'beginning']]);
  });

  it('are named by the ids of another system where that is said', async () => {
    const contacts = [{ externalId: '1', name: 'Dana' }];
    const [own] = await bulk({ contacts });
    const [theirs] = await bulk({ source: 'hubspot', contacts });
    expect(theirs?.['id']).not.toBe(own?.['id']);
    expect(outcomes(await bulk({ source: 'hubspot', contacts: [{ externalId: '1', name: 'D' }] }))).toEqual([
      'changed',
    ]);
    expect((await client.get(`/v1/contacts/${String(theirs?.['id'])}`)).body).toMatchObject({
      ...{ externalId: null, name: 'D', externalIds: [{ source: 'hubspot', id: '1' }] },
    });
  });

  it('are one each, however many requests bring them at the same time', async () => {
    const contacts = Array.from({ length: 50 }, (_one, at) => ({
      externalId: String(at),
      name: `n${String(at)}`,
    }));
    const answers = await Promise.all(
      [contacts, contacts.toReversed(), contacts].map((each) => bulk({ contacts: each })),
    );
    const made = answers.flat().filter(({ outcome }) => outcome === 'made');
    expect([made.length, new Set(made.map(({ id }) => id)).size]).toEqual([50, 50]);
    expect(await api.sql.count('SELECT count(*) FROM contact WHERE tenant_id = $1', [tenant.id])).toBe(50);
  });

  it('are a thousand in one request, and one entry of the audit', async () => {
    const contacts = Array.from({ length: 1000 }, (_one, at) => ({
      externalId: String(at),
      name: `n${String(at)}`,
    }));
    expect(new Set(outcomes(await bulk({ contacts })))).toEqual(new Set(['made']));
    expect((await client.get('/v1/audit')).body.data).toMatchObject([
      { action: 'contact.bulk_upserted', changes: { made: { to: 1000 }, changed: { to: 0 } } },
    ]);
    expect((await client.post('/v1/contacts/bulk', { contacts: [...contacts, contacts[0]] })).status).toBe(
      400,
    );
  });
});

describe('the match policy', () => {
  it('is the contact that was changed last, until another is set', async () => {
    expect((await client.get('/v1/match-policy')).body).toEqual({
      ask: 'side_by_side',
      choose: 'updated_last',
      sources: ['directory'],
    });
    const set = await client.put('/v1/match-policy', { choose: 'ask' });
    expect([set.status, set.body['choose']]).toEqual([200, 'ask']);
    expect((await client.get('/v1/match-policy')).body['choose']).toBe('ask');
    expect((await client.put('/v1/match-policy', { choose: 'toss' })).status).toBe(400);
    expect((await client.put('/v1/match-policy', { choose: 'ask', sources: ['no id'] })).status).toBe(400);
    expect((await (await api.tenant('Other')).client.get('/v1/match-policy')).body['choose']).toBe(
      'updated_last',
    );
  });
});
