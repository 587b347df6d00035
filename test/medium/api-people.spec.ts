import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCall } from '../builders/history.js';
import { makePeople } from '../builders/people.js';
import { openApi, type Answer, type TestApi } from '../harness/api.js';
import { makeConnection } from '../harness/tenant.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

async function office() {
  const { id, client } = await api.tenant();
  const connection = await makeConnection(api.sql, id);
  return { id, client, connection, path: `/v1/connections/${connection.id}` };
}
const codeOf = ({ status, body }: Answer) => [status, body['code']];

describe('agents', () => {
  it('are made, listed, read, changed and deleted', async () => {
    const { client } = await office();
    const made = await client.post('/v1/agents', { name: 'Dana', email: 'dana@example.com' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'Dana',
      email: 'dana@example.com',
      code: null,
      externalId: null,
    });
    const path = `/v1/agents/${String(made.body['id'])}`;
    expect((await client.get(path)).body).toEqual(made.body);
    expect((await client.get('/v1/agents')).body.data).toEqual([made.body]);
    expect((await client.patch(path, { code: '7', email: null })).body).toMatchObject({
      code: '7',
      email: null,
    });
    expect((await client.delete(path)).status).toBe(204);
    expect((await client.get(path)).status).toBe(404);
    const actions = (await client.get('/v1/audit?subjectType=agent')).body.data.map(
      (entry) => entry['action'],
    );
    expect(actions).toEqual(['agent.deleted', 'agent.changed', 'agent.created']);
  });

  it('are refused without a name, and with what is no e-mail address', async () => {
    const { client } = await office();
    expect((await client.post('/v1/agents', { email: 'x@example.com' })).status).toBe(400);
    expect((await client.post('/v1/agents', { name: 'x', email: 'not one' })).status).toBe(400);
  });

  it('leave their extensions behind', async () => {
    const { client, connection, path } = await office();
    const agentId = await makePeople(api.sql, connection);
    await client.delete(`/v1/agents/${agentId}`);
    expect((await client.get(`${path}/extensions/101`)).body).toMatchObject({ number: '101', agentId: null });
  });
});

describe('extensions', () => {
  it('are written by their number, as often as one likes', async () => {
    const { client, path } = await office();
    const agent = (await client.post('/v1/agents', { name: 'Dana' })).body['id'];
    const fields = { aliases: ['SIPDANA'], agentId: agent, label: 'Desk', callerId: '+97237654321' };
    const url = `${path}/extensions/${encodeURIComponent('0003*210')}`;
    const first = await client.put(url, fields);
    const second = await client.put(url, fields);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toMatchObject({ ...fields, number: '0003*210', createdAt: first.body['createdAt'] });
    expect((await client.get(url)).body).toEqual(second.body);
    expect((await client.get(`${path}/extensions`)).body.data).toEqual([second.body]);
    expect((await client.put(url, {})).body).toMatchObject({
      ...{ aliases: [], agentId: null, label: null, callerId: null },
    });
    for (const callerId of ['037654321', '+0123456789', '101']) {
      expect((await client.put(url, { callerId })).status).toBe(400);
    }
    expect((await client.delete(url)).status).toBe(204);
    expect(codeOf(await client.delete(url))).toEqual([404, 'resource.not_found']);
  });

  it('are replaced by a list, all of them', async () => {
    const { client, path } = await office();
    const rows = (...numbers: string[]) => ({
      data: numbers.map((number) => ({ number, label: `Desk ${number}` })),
    });
    expect((await client.put(`${path}/extensions`, rows('1', '2'))).body).toEqual({ written: 2, removed: 0 });
    expect((await client.put(`${path}/extensions`, rows('2', '3', '4'))).body).toEqual({
      written: 3,
      removed: 1,
    });
    const { data } = (await client.get(`${path}/extensions`)).body;
    expect(data.map(({ number }) => number).sort()).toEqual(['2', '3', '4']);
    expect((await client.put(`${path}/extensions`, { data: [] })).body).toEqual({ written: 0, removed: 3 });
  });

  it('are refused as a list with every row that is wrong, and then nothing is written', async () => {
    const { client, path } = await office();
    const put = (data: unknown) => client.put(`${path}/extensions`, { data });
    const wrong = await put([{ number: '1' }, { number: '' }, { number: '3', agentId: 'x' }]);
    const fields = (wrong.body['errors'] as { field: string }[]).map(({ field }) => field);
    expect([wrong.status, fields]).toEqual([400, ['data.1.number', 'data.2.agentId']]);
    expect((await put([{ number: '1' }, { number: '1' }])).status).toBe(400);
    expect((await put('all')).status).toBe(400);
    const unknown = await put([{ number: '1', agentId: crypto.randomUUID() }]);
    expect(codeOf(unknown)).toEqual([400, 'agent.unknown']);
    expect((await client.get(`${path}/extensions`)).body.data).toEqual([]);
  });

  it('belong to no agent of another tenant', async () => {
    const stranger = await api.tenant('Stranger');
    const theirs = (await stranger.client.post('/v1/agents', { name: 'Theirs' })).body['id'];
    const { client, path } = await office();
    expect(codeOf(await client.put(`${path}/extensions/1`, { agentId: theirs }))).toEqual([
      400,
      'agent.unknown',
    ]);
  });
});

describe.each([
  ['queues', '12', { id: '12' }],
  ['dids', '+972722776772', { number: '+972722776772' }],
])('%s', (noun, key, named) => {
  it('are labelled by what the PBX calls them', async () => {
    const { client, path } = await office();
    const url = `${path}/${noun}/${encodeURIComponent(key)}`;
    expect((await client.put(url, { label: 'Sales' })).body).toMatchObject({ ...named, label: 'Sales' });
    const put = await client.put(url, { label: 'Support' });
    expect(put.body).toMatchObject({ ...named, label: 'Support' });
    expect((await client.get(url)).body).toEqual(put.body);
    expect((await client.get(`${path}/${noun}`)).body.data).toEqual([put.body]);
    expect((await client.put(url, {})).status).toBe(400);
    expect((await client.delete(url)).status).toBe(204);
    expect((await client.get(url)).status).toBe(404);
    expect((await client.delete(url)).status).toBe(404);
  });

  it('are listed page by page', async () => {
    const { client, path } = await office();
    for (const each of ['1', '2', '3']) await client.put(`${path}/${noun}/${each}`, { label: each });
    const first = await client.get(`${path}/${noun}?limit=2`);
    const second = await client.get(`${path}/${noun}?limit=2&cursor=${String(first.body.nextCursor)}`);
    const labels = [...first.body.data, ...second.body.data].map(({ label }) => label);
    expect([labels, second.body.nextCursor]).toEqual([['3', '2', '1'], null]);
  });
});

describe('another tenant', () => {
  it('sees and changes nothing of a directory', async () => {
    const { connection, path } = await office();
    const agentId = await makePeople(api.sql, connection);
    const { client } = await api.tenant('Stranger');
    for (const url of [
      `/v1/agents/${agentId}`,
      `${path}/extensions/101`,
      `${path}/queues/12`,
      `${path}/dids/0722776772`,
    ]) {
      expect([url, (await client.get(url)).status]).toEqual([url, 404]);
      expect([url, (await client.delete(url)).status]).toEqual([url, 404]);
    }
    for (const url of [`${path}/extensions`, `${path}/queues`, `${path}/dids`, `${path}/recording-access`]) {
      expect([url, (await client.get(url)).status]).toEqual([url, 404]);
    }
    expect((await client.put(`${path}/extensions/101`, {})).status).toBe(404);
    expect((await client.put(`${path}/extensions`, { data: [] })).status).toBe(404);
    expect((await client.put(`${path}/queues/12`, { label: 'x' })).status).toBe(404);
    expect((await client.put(`${path}/recording-access`, { kind: 'none' })).status).toBe(404);
  });
});

describe('a call', () => {
  it('is shown with the people and labels of its own connection', async () => {
    const { id, client, connection } = await office();
    const agentId = await makePeople(api.sql, connection);
    const bare = await makeConnection(api.sql, id);
    const known = await makeCall(api.sql, connection);
    const unknown = await makeCall(api.sql, bare);
    expect((await client.get(`/v1/calls/${known}`)).body).toMatchObject({
      agent: { id: agentId, name: 'Dana', email: 'dana@example.com' },
      extensionLabel: 'Desk 1',
      callerLocalTime: expect.stringMatching(/T.*[+-]\d\d:\d\d$/) as unknown,
    });
    const { data } = (await client.get('/v1/calls')).body;
    const agentOf = (call: string) => data.find(({ id: each }) => each === call)?.['agent'];
    expect([agentOf(known), agentOf(unknown)]).toMatchObject([{ id: agentId }, { id: null }]);
  });
});
