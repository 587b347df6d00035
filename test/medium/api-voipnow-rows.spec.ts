import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantId } from '#domain';
import { openApi, type Answer, type ApiClient, type Json, type TestApi } from '../harness/api.js';
import { makeEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

interface Table {
  id: string;
  tenant: TenantId;
  client: ApiClient;
  endpoint: string;
  path: string;
}

const URL_OF = (kind: number) => `https://crm.example/${kind}?token=s3cret`;

async function tableOf(
  rows: object[] = [],
  { format = 'voipnow', settings = {} }: { format?: string; settings?: object } = {},
): Promise<Table> {
  const { id: tenant, client } = await api.tenant();
  const formatSettings = format === 'voipnow' ? { organization: '0003', rows, ...settings } : settings;
  const draft = { name: 'CRM', url: 'https://crm.example/', eventTypes: ['*'], format, formatSettings };
  const made = await client.post('/v1/endpoints', draft);
  if (made.status !== 201) throw new Error(made.text);
  const id = String(made.body['id']);
  const endpoint = `/v1/endpoints/${id}`;
  return { id, tenant, client, endpoint, path: `${endpoint}/voipnow-rows` };
}

const THREE = [
  { kind: 2, url: URL_OF(2), extension: '0003*210' },
  { kind: 0, url: URL_OF(0), method: 'POST', note: 'pops' },
  { kind: 0, url: URL_OF(0), extension: '0003*210', active: false },
];

const idsIn = ({ body }: Answer) => body.data.map((row) => row['eventId']);
const fieldsAtFault = ({ body }: Answer) => (body['errors'] as Json[]).map(({ field }) => field);
const rowsOf = async ({ client, endpoint }: Table) =>
  ((await client.get(endpoint)).body['formatSettings'] as { rows: Json[] }).rows;
const audited = async ({ client, id }: Table) => (await client.get(`/v1/audit?subjectId=${id}`)).body.data;

describe('the table of a VoipNow endpoint', () => {
  it('is listed by extension and kind, whole or in part, with the kinds in words', async () => {
    const table = await tableOf(THREE);
    const { client, path } = table;
    const all = await client.get(path);
    expect([all.status, idsIn(all)]).toEqual([200, [2, 3, 1]]);
    expect(all.body.data[0]).toEqual({
      eventId: 2,
      extension: '*',
      kind: 0,
      event: 'Dial-In',
      method: 'POST',
      url: URL_OF(0),
      note: 'pops',
      active: true,
    });
    expect(idsIn(await client.get(`${path}?extension=0003*210`))).toEqual([3, 1]);
    expect(idsIn(await client.get(`${path}?kind=0&active=true`))).toEqual([2]);
    expect(idsIn(await client.get(`${path}?active=false`))).toEqual([3]);
    expect((await client.get(`${path}/1`)).body).toMatchObject({ eventId: 1, event: 'Hangup' });
    expect(fieldsAtFault(await client.get(`${path}?kind=5`))).toEqual(['kind']);
    for (const none of ['9', '0', '1.5', 'x', '99999999999'])
      expect((await client.get(`${path}/${none}`)).status).toBe(404);
  });

  it('gets a row with an event id of its own, by GET and active unless told otherwise', async () => {
    const table = await tableOf(THREE);
    const { client, path } = table;
    const made = await client.post(path, { kind: 4, url: URL_OF(4) });
    expect([made.status, made.body]).toEqual([
      201,
      {
        eventId: 4,
        extension: '*',
        kind: 4,
        event: 'Answer on outgoing call',
        method: 'GET',
        url: URL_OF(4),
        note: '',
        active: true,
      },
    ]);
    expect(await rowsOf(table)).toHaveLength(4);
    expect((await client.get(table.endpoint)).body['formatSettings']).toMatchObject({ organization: '0003' });
  });

  it('keeps what is not said of a row, and its event id', async () => {
    const table = await tableOf(THREE);
    const { client, path } = table;
    const patched = await client.patch(`${path}/2`, { note: '', kind: 3 });
    expect(patched.body).toMatchObject({ eventId: 2, note: '', kind: 3, method: 'POST', url: URL_OF(0) });
    expect((await client.get(`${path}/2`)).body).toEqual(patched.body);
    expect(fieldsAtFault(await client.patch(`${path}/2`, { eventId: 7 }))).toEqual(['eventId']);
    expect((await client.patch(`${path}/9`, { note: 'x' })).status).toBe(404);
  });

  it('loses the rows that are removed or cleared, and never gives their event ids again', async () => {
    const table = await tableOf(THREE);
    const { client, path } = table;
    expect((await client.delete(`${path}/3`)).status).toBe(204);
    expect((await client.delete(`${path}/3`)).status).toBe(404);
    const cleared = await client.post(`${path}/clear`, { eventIds: [1, 3, 99] });
    expect([cleared.status, cleared.body]).toEqual([200, { cleared: [1] }]);
    expect(idsIn(await client.get(path))).toEqual([2]);
    expect((await client.post(path, { kind: 1, url: URL_OF(1) })).body['eventId']).toBe(4);
    // Also where the whole table is sent anew, without its counter or with an old one.
    for (const settings of [{}, { nextEventId: 1 }, { nextEventId: null }]) {
      const { body } = await client.patch(table.endpoint, { formatSettings: { rows: [], ...settings } });
      expect(body['formatSettings']).toMatchObject({ nextEventId: 5, rows: [] });
    }
    expect((await client.post(path, { kind: 1, url: URL_OF(1) })).body['eventId']).toBe(5);
  });

  it('enables and disables the rows that were selected', async () => {
    const { client, path } = await tableOf(THREE);
    const disabled = await client.post(`${path}/disable`, { eventIds: [1, 2, 99] });
    expect(disabled.body.data.map(({ eventId, active }) => [eventId, active])).toEqual([
      [2, false],
      [1, false],
    ]);
    expect(idsIn(await client.get(`${path}?active=true`))).toEqual([]);
    const enabled = await client.post(`${path}/enable`, { eventIds: [1, 3] });
    expect(idsIn(enabled)).toEqual([3, 1]);
    expect(idsIn(await client.get(`${path}?active=true`))).toEqual([3, 1]);
    for (const eventIds of [[], ['1'], [0], [1, 1], 1])
      expect((await client.post(`${path}/clear`, { eventIds })).status).toBe(400);
  });

  it.each([
    [{ kind: 5, url: URL_OF(0) }, 'kind'],
    [{ url: URL_OF(0) }, 'kind'],
    [{ kind: 0 }, 'url'],
    [{ kind: 0, url: 'crm.example' }, 'url'],
    [{ kind: 0, url: 'ftp://crm.example/' }, 'url'],
    [{ kind: 0, url: 'http://127.0.0.1/' }, 'url'],
    [{ kind: 0, url: 'http://169.254.169.254/latest' }, 'url'],
    [{ kind: 0, url: URL_OF(0), method: 'PUT' }, 'method'],
    [{ kind: 0, url: URL_OF(0), extension: '' }, 'extension'],
    [{ kind: 0, url: URL_OF(0), note: 7 }, 'note'],
    [{ kind: 0, url: URL_OF(0), metod: 'GET' }, 'metod'],
  ])('refuses the row %j', async (row, field) => {
    const table = await tableOf(THREE);
    for (const answer of [
      await table.client.post(table.path, row),
      ...('kind' in row && 'url' in row ? [await table.client.patch(`${table.path}/1`, row)] : []),
    ]) {
      expect([answer.status, answer.body['code'], fieldsAtFault(answer)]).toEqual([
        400,
        'request.invalid',
        [field],
      ]);
    }
    expect(await rowsOf(table)).toHaveLength(3);
  });

  it('is full at some point: of rows, of bytes and of event ids', async () => {
    const rows = (count: number, more = {}) =>
      Array.from({ length: count }, () => ({ kind: 0, url: URL_OF(0), ...more }));
    const full = [
      await tableOf(rows(200)),
      await tableOf(rows(50, { note: 'n'.repeat(500), url: `${URL_OF(0)}${'u'.repeat(650)}` })),
      await tableOf([], { settings: { nextEventId: 2 ** 31 - 1 } }),
    ];
    for (const { client, path } of full) {
      const answer = await client.post(path, { kind: 1, url: `${URL_OF(1)}${'u'.repeat(2000)}` });
      expect([answer.status, answer.body['code']]).toEqual([409, 'voipnow.table_full']);
    }
  });

  it('is had by endpoints of its format only, and by those of its tenant', async () => {
    const zammad = await tableOf([], { format: 'zammad' });
    for (const answer of [
      await zammad.client.get(zammad.path),
      await zammad.client.post(zammad.path, { kind: 0, url: URL_OF(0) }),
      await zammad.client.post(`${zammad.path}/clear`, { eventIds: [1] }),
    ])
      expect([answer.status, answer.body['code']]).toEqual([409, 'endpoint.other_format']);
    const theirs = await tableOf(THREE);
    const { client } = zammad;
    const asked = { eventIds: [1] };
    const answers = [
      await client.get(theirs.path),
      await client.get(`${theirs.path}/1`),
      await client.post(theirs.path, { kind: 0, url: URL_OF(0) }),
      await client.patch(`${theirs.path}/1`, { note: 'mine' }),
      await client.delete(`${theirs.path}/1`),
      await client.post(`${theirs.path}/enable`, asked),
      await client.post(`${theirs.path}/disable`, asked),
      await client.post(`${theirs.path}/clear`, asked),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect(await rowsOf(theirs)).toHaveLength(3);
  });

  it('is told of in the audit without addresses; what changes nothing is not told', async () => {
    const table = await tableOf();
    const { client, path } = table;
    await client.post(path, { kind: 0, url: URL_OF(0), note: 'first' });
    await client.patch(`${path}/1`, { note: 'second', url: URL_OF(1) });
    await client.patch(`${path}/1`, { note: 'second' });
    await client.post(`${path}/disable`, { eventIds: [1] });
    await client.post(`${path}/disable`, { eventIds: [1] });
    await client.post(`${path}/enable`, { eventIds: [1] });
    await client.post(path, { kind: 0, url: URL_OF(0) });
    await client.delete(`${path}/1`);
    await client.post(`${path}/clear`, { eventIds: [1, 2] });
    const entries = await audited(table);
    expect(entries.map(({ action }) => action).reverse()).toEqual([
      'endpoint.created',
      'endpoint.row_added',
      'endpoint.row_changed',
      'endpoint.rows_disabled',
      'endpoint.rows_enabled',
      'endpoint.row_added',
      'endpoint.row_removed',
      'endpoint.rows_cleared',
    ]);
    expect(JSON.stringify(entries)).not.toContain('s3cret');
    expect(entries.at(-3)?.['changes']).toEqual({
      eventId: { from: 1, to: 1 },
      note: { from: 'first', to: 'second' },
      url: { from: 'not shown', to: 'not shown' },
    });
    expect(entries[0]?.['changes']).toEqual({ eventIds: { from: null, to: [2] } });
  });
});

describe('the table of an endpoint with credentials', () => {
  const ELSEWHERE = 'https://thief.example/';
  const withCredentials = async () => {
    const table = await tableOf(THREE);
    await table.client.put(`${table.endpoint}/access`, { auth: { kind: 'bearer', token: 't' } });
    return { ...table, writer: await api.client(table.tenant, ['write']) };
  };

  it('is led elsewhere by administrators only', async () => {
    const { client, writer, path } = await withCredentials();
    const tries: [string, (by: ApiClient) => Promise<Answer>][] = [
      ['a new row', (by) => by.post(path, { kind: 0, url: ELSEWHERE })],
      ['a changed row', (by) => by.patch(`${path}/1`, { url: `${ELSEWHERE}1` })],
      // Row 4 was made below, switched off: it led nowhere then.
      ['a row that is switched on', (by) => by.post(`${path}/enable`, { eventIds: [4] })],
      ['a row that is switched on by a change', (by) => by.patch(`${path}/5`, { active: true })],
    ];
    for (const off of ['a', 'b']) {
      const made = await writer.post(path, { kind: 0, url: `${ELSEWHERE}${off}`, active: false });
      expect(made.status).toBe(201);
    }
    for (const [what, attempt] of tries) {
      const refused = await attempt(writer);
      expect([what, refused.status, refused.body['code']]).toEqual([what, 403, 'endpoint.access_set']);
    }
    for (const [what, attempt] of tries)
      expect([what, (await attempt(client)).status < 300]).toEqual([what, true]);
  });

  it('is otherwise changed by whoever may write', async () => {
    const { writer, path } = await withCredentials();
    const statuses = [
      await writer.post(path, { kind: 1, url: URL_OF(0) }),
      await writer.patch(`${path}/1`, { note: 'mine', kind: 3, url: URL_OF(0) }),
      await writer.post(`${path}/disable`, { eventIds: [1] }),
      await writer.post(`${path}/enable`, { eventIds: [1, 3] }),
      await writer.post(`${path}/clear`, { eventIds: [1] }),
      await writer.delete(`${path}/2`),
    ].map(({ status }) => status);
    expect(statuses).toEqual([201, 200, 200, 200, 200, 204]);
    const reader = await api.client((await tableOf()).tenant, ['read']);
    expect((await reader.post(path, { kind: 1, url: URL_OF(1) })).status).toBe(403);
  });
});

describe('two administrators at one endpoint', () => {
  it('lose no row of each other’s, and give each row an event id of its own', async () => {
    const table = await tableOf();
    const { client, path } = table;
    const add = (number: number) => client.post(path, { kind: 0, url: URL_OF(0), note: `row ${number}` });
    const added = await Promise.all(Array.from({ length: 20 }, (_, number) => add(number)));
    expect(new Set(added.map(({ body }) => body['eventId'])).size).toBe(20);
    const mixed = await Promise.all([
      ...added.slice(0, 5).map(({ body }) => client.delete(`${path}/${String(body['eventId'])}`)),
      ...added
        .slice(5, 10)
        .map(({ body }) => client.patch(`${path}/${String(body['eventId'])}`, { note: 'changed' })),
      ...added
        .slice(10, 15)
        .map(({ body }) => client.post(`${path}/disable`, { eventIds: [body['eventId']] })),
      ...[20, 21, 22, 23, 24].map(add),
    ]);
    expect(mixed.map(({ status }) => status).filter((status) => status > 299)).toEqual([]);
    const rows = await rowsOf(table);
    expect(rows).toHaveLength(20);
    expect(rows.filter(({ note }) => note === 'changed')).toHaveLength(5);
    expect(rows.filter(({ active }) => active === false)).toHaveLength(5);
    expect(new Set(rows.map(({ eventId }) => eventId)).size).toBe(20);
  });

  it('leave it with settings that its format can read, whichever of them is first', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { client, endpoint } = await tableOf(THREE);
      const [rows, encoding] = [{ rows: THREE.slice(0, 1) }, { encoding: 'form' }];
      await Promise.all([
        client.patch(endpoint, { format: 'voicenter', formatSettings: encoding }),
        client.patch(endpoint, { formatSettings: rows }),
        client.patch(endpoint, { format: 'zammad' }),
        client.patch(endpoint, { formatSettings: encoding }),
        client.post(`${endpoint}/voipnow-rows`, { kind: 0, url: URL_OF(0) }),
      ]);
      const { body } = await client.get(endpoint);
      const again = await client.patch(endpoint, {
        format: body['format'],
        formatSettings: body['formatSettings'],
      });
      expect([again.status, again.text]).toEqual([200, expect.stringContaining(String(body['format']))]);
    }
  });

  it('wait for each other: a table is changed as the change before has left it', async () => {
    const table = await tableOf(THREE);
    const { client, path } = table;
    const other = await api.sql.pool.connect();
    try {
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM endpoint WHERE id = $1 FOR UPDATE', [table.id]);
      const waiting = client.post(path, { kind: 1, url: URL_OF(1) });
      await until('the request to wait for the lock', () =>
        api.sql.count(`SELECT count(*) FROM pg_stat_activity
                       WHERE datname = current_database() AND application_name = 'switchhook-api' AND wait_event_type = 'Lock'`),
      );
      const rows = [{ ...THREE[0], eventId: 7, method: 'GET', note: '', active: true }];
      await other.query('UPDATE endpoint SET format_settings = $2 WHERE id = $1', [
        table.id,
        JSON.stringify({ organization: '', nextEventId: 8, rows }),
      ]);
      await other.query('COMMIT');
      expect((await waiting).body).toMatchObject({ eventId: 8 });
    } finally {
      other.release();
    }
    expect((await rowsOf(table)).map(({ eventId }) => eventId)).toEqual([7, 8]);
  });
});

it('the table of settings that a newer build wrote is not touched', async () => {
  const { id: tenant, client } = await api.tenant();
  const formatSettings = { rows: [{ kind: 9, url: 'https://crm.example/' }] };
  const { id } = await makeEndpoint(api.sql, tenant, {
    url: 'https://crm.example/',
    format: 'voipnow',
    formatSettings,
  });
  const answer = await client.post(`/v1/endpoints/${id}/voipnow-rows`, { kind: 0, url: URL_OF(0) });
  expect([answer.status, answer.body['code']]).toEqual([409, 'endpoint.other_format']);
  expect((await client.get(`/v1/endpoints/${id}`)).body['formatSettings']).toEqual(formatSettings);
});
