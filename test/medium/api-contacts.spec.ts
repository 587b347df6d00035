import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeContact } from '../builders/contact.js';
import {
  openApi,
  type Answer,
  type ApiClient,
  type Json,
  type TestApi,
  type TestTenant,
} from '../harness/api.js';
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

const JOHN = {
  externalId: 'crm-1',
  name: 'John Doe',
  company: 'Acme Corp',
  email: 'john@acme.example',
  url: 'https://crm.example/1',
  metadata: { segment: 'gold' },
};
const MOBILE = { e164: '+972502345678', label: 'mobile', kind: 'mobile' };

function fieldsAtFault({ body }: Answer): unknown[] {
  return (body['errors'] as { field: string }[]).map(({ field }) => field);
}
const names = ({ body }: Answer) => body.data.map((contact) => contact['name']);
const pathOf = ({ body }: { body: Json }) => `/v1/contacts/${String(body['id'])}`;
const audited = async (answer: Answer) =>
  (await client.get(`/v1/audit?subjectId=${String(answer.body['id'])}`)).body.data.map(
    (entry) => entry['action'],
  );

describe('contacts', () => {
  it('are made with numbers in any spelling, and read back in E.164', async () => {
    const phones = [{ number: '050-234-5678', label: 'mobile' }, { number: '+442071838750' }];
    const made = await client.post('/v1/contacts', { ...JOHN, phones, country: 'IL' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...JOHN,
      phones: [MOBILE, { e164: '+442071838750', label: null, kind: null }],
    });
    expect(made.body).not.toHaveProperty('country');
    expect((await client.get(pathOf(made))).body).toEqual(made.body);
    expect(await audited(made)).toEqual(['contact.created']);
  });

  it('keep numbers as people and spreadsheets write them like their plain twins', async () => {
    const written = ['+972 50\u2011234\u20115678', '\u200e+972-50-2345678', '\u2068+972 50 234 5678\u2069'];
    for (const number of [...written, '\uff0b\uff19\uff17\uff12502345678', 'tel:+972-50-234-5678']) {
      const made = await client.post('/v1/contacts', { name: 'John', phones: [{ number }] });
      expect([number, made.status, made.body['phones']]).toEqual([
        number,
        201,
        [{ ...MOBILE, label: null, kind: null }],
      ]);
    }
    const found = await client.get(
      `/v1/contacts?number=${encodeURIComponent('\u200e+972 50\u2011234\u20115678')}`,
    );
    expect(names(found)).toHaveLength(5);
  });

  it('are kept with a number that their country could have and nobody knows yet, and found by it', async () => {
    await makeConnection(api.sql, tenant.id, { country: 'US' });
    const phones = [{ number: '(436) 234-5678' }];
    const made = await client.post('/v1/contacts', { name: 'Newtown', phones, country: 'US' });
    expect([made.status, made.body['phones']]).toEqual([
      201,
      [{ e164: '+14362345678', label: null, kind: null }],
    ]);
    expect(names(await client.get('/v1/contacts?number=4362345678'))).toEqual(['Newtown']);
    expect(names(await client.get('/v1/contacts?number=%2B4362345678'))).toEqual([]);
  });

  it('need nothing but a name', async () => {
    const made = await client.post('/v1/contacts', { name: 'Ann' });
    expect(made.body).toMatchObject({ externalId: null, company: null, url: null, metadata: {}, phones: [] });
  });

  it('are refused with every member that is wrong', async () => {
    const wrong: [object, string[]][] = [
      [{ name: '' }, ['name']],
      [{ url: 'javascript:alert(1)' }, ['url']],
      [{ email: 'nobody' }, ['email']],
      [{ phones: ['+972502345678'] }, ['phones']],
      [{ phones: [{ number: '+972502345678', kind: 'x' }] }, ['phones']],
      [{ phones: [{ number: '0502345678' }, { number: '101' }] }, ['phones.0.number', 'phones.1.number']],
      [{ country: 'XX' }, ['country']],
    ];
    for (const [members, fields] of wrong) {
      const answer = await client.post('/v1/contacts', { ...JOHN, ...members });
      expect([answer.status, fieldsAtFault(answer)]).toEqual([400, fields]);
    }
  });

  it('are found by a number in any spelling of a connection’s country, and by part of a name or company', async () => {
    await makeConnection(api.sql, tenant.id);
    await makeContact(api.sql, tenant.id, { name: 'John', company: '100%_Acme', phones: [MOBILE.e164] });
    await makeContact(api.sql, tenant.id, { name: 'Ann', phones: ['+972722776772'] });
    for (const number of ['0502345678', '%2B972502345678', '050-234-5678']) {
      expect(names(await client.get(`/v1/contacts?number=${number}`))).toEqual(['John']);
    }
    expect(names(await client.get('/v1/contacts?number=101'))).toEqual([]);
    expect(names(await client.get('/v1/contacts?text=aNN'))).toEqual(['Ann']);
    expect(names(await client.get('/v1/contacts?text=0%25_a'))).toEqual(['John']);
    expect(names(await client.get('/v1/contacts?text=%25'))).toEqual(['John']);
  });

  it('are listed page by page, newest first', async () => {
    for (const name of ['a', 'b', 'c']) await client.post('/v1/contacts', { name });
    const first = await client.get('/v1/contacts?limit=2');
    expect(names(first)).toEqual(['c', 'b']);
    const second = await client.get(`/v1/contacts?limit=2&cursor=${first.body.nextCursor ?? ''}`);
    expect([names(second), second.body.nextCursor]).toEqual([['a'], null]);
  });

  it('are changed member by member; numbers that are given replace all', async () => {
    const made = await client.post('/v1/contacts', { ...JOHN, phones: [{ number: MOBILE.e164 }] });
    const named = await client.patch(pathOf(made), { name: 'Johnny', company: null });
    expect(named.body).toMatchObject({ name: 'Johnny', company: null, phones: [{ e164: MOBILE.e164 }] });
    const other = { phones: [{ number: '072-277-6772' }], country: 'IL' };
    expect((await client.patch(pathOf(made), other)).body).toMatchObject({
      name: 'Johnny',
      phones: [{ e164: '+972722776772' }],
    });
    expect(await audited(made)).toEqual(['contact.changed', 'contact.changed', 'contact.created']);
    expect((await client.patch(`/v1/contacts/${crypto.randomUUID()}`, { name: 'x' })).status).toBe(404);
  });

  it('are deleted with their numbers', async () => {
    const made = await client.post('/v1/contacts', { ...JOHN, phones: [{ number: MOBILE.e164 }] });
    expect((await client.delete(pathOf(made))).status).toBe(204);
    expect((await client.get(pathOf(made))).status).toBe(404);
    expect(await api.sql.count('SELECT count(*) FROM contact_phone WHERE tenant_id = $1', [tenant.id])).toBe(
      0,
    );
    expect((await client.delete(pathOf(made))).status).toBe(404);
  });

  it('of one external id are not two', async () => {
    await client.post('/v1/contacts', JOHN);
    const again = await client.post('/v1/contacts', JOHN);
    expect([again.status, again.body['code']]).toEqual([409, 'contact.external_id_taken']);
    const other = await client.post('/v1/contacts', { name: 'Ann' });
    const taking = await client.patch(pathOf(other), { externalId: JOHN.externalId });
    expect([taking.status, taking.body['code']]).toEqual([409, 'contact.external_id_taken']);
    expect((await (await api.tenant('Other')).client.post('/v1/contacts', JOHN)).status).toBe(201);
  });
});

describe('the contact of an external id', () => {
  const PATH = '/v1/contacts/by-external-id/crm%2F1%20%C3%A9';
  const { externalId: _, ...body } = JOHN;

  it('is made once, then replaced, and left alone by the same again', async () => {
    const made = await client.put(PATH, { ...body, phones: [{ number: MOBILE.e164 }] });
    expect([made.status, made.body['externalId']]).toEqual([200, 'crm/1 é']);
    const same = await client.put(PATH, { ...body, phones: [{ number: MOBILE.e164 }] });
    expect(same.body).toEqual(made.body);
    const replaced = await client.put(PATH, { name: 'Johnny' });
    expect(replaced.body).toMatchObject({ id: made.body['id'], name: 'Johnny', company: null, phones: [] });
    expect(await audited(made)).toEqual(['contact.changed', 'contact.created']);
  });

  it('is one, however many requests make it at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_one, at) => client.put(PATH, { name: `Version ${String(at)}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
  });

  it('may be as long as it may be in any script', async () => {
    const externalId = 'ש'.repeat(200);
    const made = await client.put(`/v1/contacts/by-external-id/${encodeURIComponent(externalId)}`, body);
    expect([made.status, made.body['externalId']]).toEqual([200, externalId]);
  });

  it('is refused when the id is no text that can be kept', async () => {
    for (const id of ['%00', 'x'.repeat(201)]) {
      const answer = await client.put(`/v1/contacts/by-external-id/${id}`, body);
      expect([answer.status, fieldsAtFault(answer)]).toEqual([400, ['externalId']]);
    }
  });
});

describe('a connection’s settings for popups', () => {
  it('are refused when nobody could use them', async () => {
    const settings = { contactUrl: 'javascript:alert(1)', totalSpelling: 'roman' };
    const draft = { name: 'PBX', dialect: 'voicenter' };
    const wrong = await client.post('/v1/connections', { ...draft, settings });
    expect(fieldsAtFault(wrong)).toEqual(['settings.contactUrl', 'settings.totalSpelling']);
    const made = await client.post('/v1/connections', draft);
    const path = `/v1/connections/${String(made.body['id'])}`;
    expect((await client.patch(path, { settings })).status).toBe(400);
    const right = { contactUrl: 'https://crm.example/{contactId}', totalSpelling: 'string' };
    expect((await client.patch(path, { settings: right })).body).toMatchObject({ settings: right });
  });
});
