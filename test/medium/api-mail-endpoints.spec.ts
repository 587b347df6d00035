import { describe, beforeAll, afterAll, expect, it } from '@jest/globals';
import { openApi, type Answer, type ApiClient, type TestApi } from '../harness/api.js';

const MAIL_ENV = { SMTP_URL: 'smtp://hook:sesame@127.0.0.1:1', MAIL_FROM: 'hook@mail.example' };
const MAIL = {
  name: 'On call',
  url: 'mailto:ops@example.com,Night@EXAMPLE.com',
  format: 'email',
  eventTypes: ['endpoint.*', 'connection.token_expiring', 'api_key.*'],
};

function problems({ body }: Answer): Record<string, string> {
  const errors = (body['errors'] ?? []) as { field: string; message: string }[];
  return Object.fromEntries(errors.map(({ field, message }) => [field, message]));
}

describe('e-mail endpoints over REST', () => {
  let api: TestApi;
  let client: ApiClient;

  beforeAll(async () => {
    api = await openApi(MAIL_ENV);
    ({ client } = await api.tenant());
  });
  afterAll(() => api.close());

  const made = async (change: object = {}): Promise<string> => {
    const { status, body } = await client.post('/v1/endpoints', { ...MAIL, ...change });
    expect(status).toBe(201);
    return body['id'] as string;
  };

  it('are made like any other, without a secret and with a limit', async () => {
    const { status, body } = await client.post('/v1/endpoints', MAIL);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      url: 'mailto:ops@example.com,Night@example.com',
      format: 'email',
      formatSettings: { mostPerHour: 30 },
      signatures: [],
      secret: null,
      publicKey: null,
      ratePerMinute: null,
      backlogAlertMinutes: 15,
    });
    const id = body['id'] as string;
    const patched = await client.patch(`/v1/endpoints/${id}`, {
      url: 'mailto:day@example.com',
      formatSettings: { mostPerHour: 5 },
      eventTypes: ['endpoint.disabled'],
      backlogAlertMinutes: null,
    });
    expect(patched.body).toMatchObject({
      url: 'mailto:day@example.com',
      formatSettings: { mostPerHour: 5 },
      backlogAlertMinutes: null,
    });
    expect((await client.post(`/v1/endpoints/${id}/test`)).status).toBe(202);
    expect((await client.post(`/v1/endpoints/${id}/pause`, {})).body).toMatchObject({ state: 'paused' });
    expect((await client.post(`/v1/endpoints/${id}/enable`, {})).body).toMatchObject({ state: 'enabled' });
    expect((await client.get(`/v1/endpoints/${id}/access`)).body).toMatchObject({ auth: { kind: 'none' } });
  });

  it.each([
    [{ url: 'https://crm.example/hook' }, 'url', 'mailto:'],
    [{ url: 'mailto:ops@example.com?bcc=all@example.com' }, 'url', 'no e-mail address'],
    [{ url: 'mailto:ops@localhost' }, 'url', 'no e-mail address'],
    [{ eventTypes: ['*'] }, 'eventTypes', 'families'],
    [{ eventTypes: ['endpoint.*', 'call.ended'] }, 'eventTypes', 'families'],
    [{ ratePerMinute: 600 }, 'ratePerMinute', 'mostPerHour'],
    [{ rateBurst: 5 }, 'rateBurst', 'mostPerHour'],
    [{ signatures: ['v1'] }, 'signatures', 'not signed'],
    [{ formatSettings: { mostPerHour: 31 } }, 'formatSettings.mostPerHour', '1 to 30'],
  ])('refuses %j at the start and as a change', async (change, field, words) => {
    const answer = await client.post('/v1/endpoints', { ...MAIL, ...change });
    expect(answer.status).toBe(400);
    expect(problems(answer)[field]).toContain(words);
    if (field === 'signatures') return;
    const patched = await client.patch(`/v1/endpoints/${await made()}`, change);
    expect(patched.status).toBe(400);
    expect(problems(patched)[field]).toContain(words);
  });

  it('other endpoints have no mailto: URL, and neither becomes the other', async () => {
    const plain = { ...MAIL, url: 'https://crm.example/hook', format: 'standard' };
    expect(problems(await client.post('/v1/endpoints', { ...plain, url: MAIL.url }))['url']).toContain(
      'http',
    );
    const other = (await client.post('/v1/endpoints', plain)).body['id'] as string;
    const toMail = await client.patch(`/v1/endpoints/${other}`, { format: 'email', url: MAIL.url });
    expect(problems(toMail)['format']).toContain('make a new endpoint');
    const fromMail = await client.patch(`/v1/endpoints/${await made()}`, {
      format: 'standard',
      url: 'https://crm.example/hook',
    });
    expect(problems(fromMail)['format']).toContain('make a new endpoint');
  });

  it('have no secret to rotate, and no headers or credentials', async () => {
    const id = await made();
    const rotated = await client.post(`/v1/endpoints/${id}/rotate-secret`, {});
    expect([rotated.status, rotated.body['code']]).toEqual([409, 'endpoint.is_mail']);
    const access = { headers: { 'x-key': 'k' }, auth: { kind: 'none' } };
    const put = await client.put(`/v1/endpoints/${id}/access`, access);
    expect([put.status, put.body['code']]).toEqual([409, 'endpoint.is_mail']);
  });

  it('need a mail server, and the answer names what the operator has to set', async () => {
    const without = await openApi({ MAIL_FROM: 'hook@mail.example' });
    const { client: theirs } = await without.tenant();
    const answer = await theirs.post('/v1/endpoints', MAIL);
    expect([answer.status, answer.body['code'], answer.body['detail']]).toEqual([
      409,
      'mail.not_set_up',
      'This installation sends no mail: its operator has to set SMTP_URL.',
    ]);
    expect((await theirs.get('/v1/endpoints')).body.data).toEqual([]);
    await without.close();
  });

  it('every event of the families is described, with schema and example', async () => {
    const { body } = await client.get('/v1/event-types');
    const types = body.data.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining([
        'endpoint.backlog',
        'endpoint.backlog_cleared',
        'endpoint.secret_expiring',
        'connection.token_expiring',
        'api_key.expiring',
      ]),
    );
  });

  it('a filter chooses among them', async () => {
    const filter = { payload: { endpoint: { name: 'CRM' } } };
    const { body } = await client.post('/v1/endpoints', { ...MAIL, filter });
    expect(body['filter']).toEqual(filter);
  });
});
