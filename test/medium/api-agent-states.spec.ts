import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { id, type AgentId } from '#domain';
import { makePerson, signedIn } from '../builders/person.js';
import { openPortal } from '../builders/portal.js';
import { openApi, type Answer, type TestApi, type TestTenant } from '../harness/api.js';
import { makeConnection } from '../harness/tenant.js';

let api: TestApi;
let tenant: TestTenant;
let connectionId: string;
let agentId: AgentId;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
  connectionId = (await makeConnection(api.sql, tenant.id)).id;
  agentId = id<AgentId>(String((await tenant.client.post('/v1/agents', { name: 'Dana' })).body['id']));
});

const set = (state: object) => tenant.client.put(`/v1/agents/${agentId}/state`, { connectionId, ...state });
const states = async (query = '') => (await tenant.client.get(`/v1/agent-states${query}`)).body.data;
const codeOf = ({ status, body }: Answer) => [status, body['code']];
const fieldsAtFault = ({ body }: Answer) => (body['errors'] as { field: string }[]).map(({ field }) => field);

describe('the state of an agent', () => {
  it('is what was said last, and each change is audited', async () => {
    expect(await states()).toEqual([]);
    const lunch = await set({ standing: 'paused', status: 3, extension: '101' });
    expect([lunch.status, lunch.body]).toMatchObject([
      200,
      { agentId, connectionId, standing: 'paused', status: 3, statusName: 'Lunch', extension: '101' },
    ]);
    expect((await set({ standing: 'paused', status: 3, extension: '101' })).body).toEqual(lunch.body);
    const back = await set({ standing: 'available' });
    expect(back.body).toMatchObject({
      standing: 'available',
      status: 1,
      statusName: 'Login',
      extension: null,
    });
    expect(await states()).toEqual([back.body]);
    const actions = (await tenant.client.get('/v1/audit')).body.data.map((entry) => entry['action']);
    expect(actions).toEqual(['agent.state_changed', 'agent.state_changed', 'agent.created']);
  });

  it.each([
    ['available', 1, 'Login'],
    ['away', 2, 'Logout'],
    ['paused', 9, 'Other'],
  ])('that is just %s has the status %s', async (standing, status, statusName) => {
    expect((await set({ standing })).body).toMatchObject({ standing, status, statusName });
  });

  it.each<[object, string[]]>([
    [{ standing: 'available', status: 3 }, ['status']],
    [{ standing: 'paused', status: 1 }, ['status']],
    [{ standing: 'paused', status: 4 }, ['status']],
    [{ standing: 'busy' }, ['standing']],
    [{}, ['standing']],
  ])('cannot be %j', async (state, fields) => {
    const answer = await set(state);
    expect([answer.status, fieldsAtFault(answer)]).toEqual([400, fields]);
  });

  it('is listed by the connection, and is nobody else’s', async () => {
    await set({ standing: 'away' });
    const other = await makeConnection(api.sql, tenant.id);
    expect(await states(`?connectionId=${connectionId}`)).toHaveLength(1);
    expect(await states(`?connectionId=${other.id}`)).toEqual([]);
    const { id: otherTenant, client } = await api.tenant('Other');
    const theirs = await makeConnection(api.sql, otherTenant);
    expect((await client.get('/v1/agent-states')).body.data).toEqual([]);
    const stolen = await client.put(`/v1/agents/${agentId}/state`, {
      connectionId: theirs.id,
      standing: 'away',
    });
    expect(codeOf(stolen)).toEqual([404, 'resource.not_found']);
    expect(codeOf(await set({ standing: 'away', connectionId: theirs.id }))).toEqual([
      404,
      'resource.not_found',
    ]);
  });

  it('is said by the agents themselves, in a session or a portal of theirs', async () => {
    const person = await makePerson(api.sql, [{ tenant: tenant.id, role: 'agent', agentId }]);
    const browser = await signedIn(api.url, person);
    expect(codeOf(await browser.get('/v1/me/state'))).toEqual([404, 'resource.not_found']);
    const said = await browser.put('/v1/me/state', { connectionId, standing: 'paused', status: 12 });
    expect(said.body).toMatchObject({ agentId, standing: 'paused', statusName: 'Meeting' });
    const portal = await openPortal(api.url, tenant.client, { areas: ['agent'], agentId });
    expect((await portal.get('/v1/me/state')).body).toEqual(said.body);
    expect((await portal.put('/v1/me/state', { connectionId, standing: 'available' })).status).toBe(200);
    expect((await browser.get('/v1/me/state')).body).toMatchObject({ standing: 'available' });
    const other = await browser.put(`/v1/agents/${agentId}/state`, { connectionId, standing: 'away' });
    expect(codeOf(other)).toEqual([403, 'role.missing']);
  });

  it('of one’s own is nothing for keys, and for who is no agent', async () => {
    expect(codeOf(await tenant.client.get('/v1/me/state'))).toEqual([403, 'session.required']);
    const person = await makePerson(api.sql, [{ tenant: tenant.id, role: 'supervisor' }]);
    const browser = await signedIn(api.url, person);
    expect(codeOf(await browser.get('/v1/me/state'))).toEqual([409, 'me.no_agent']);
  });
});

describe('the statuses of agents', () => {
  const PATH = '/v1/agent-statuses';

  it('are called as everybody calls them, until the tenant has words of its own', async () => {
    const before = (await tenant.client.get(PATH)).body.data;
    expect(before.map(({ number }) => number)).toEqual([1, 2, 3, 5, 7, 9, 11, 12, 13]);
    const lunch = { number: 3, name: 'Eating', color: '#101010' };
    const gym = { number: 4, name: 'Gym', color: '#202020' };
    const put = await tenant.client.put(PATH, { statuses: [gym, lunch] });
    expect(put.body.data).toHaveLength(10);
    expect(put.body.data.slice(2, 4)).toEqual([
      { ...lunch, standing: 'paused' },
      { ...gym, standing: 'paused' },
    ]);
    expect((await tenant.client.get(PATH)).body).toEqual(put.body);
    expect((await set({ standing: 'paused', status: 4 })).body).toMatchObject({ statusName: 'Gym' });
    expect((await tenant.client.put(PATH, { statuses: [] })).body.data).toEqual(before);
    expect((await states())[0]).toMatchObject({ status: 4, statusName: null });
  });

  it.each([
    [
      [
        { number: 3, name: 'a', color: '#000000' },
        { number: 3, name: 'b', color: '#000000' },
      ],
    ],
    [[{ number: 0, name: 'a', color: '#000000' }]],
    [[{ number: 3, name: ' ', color: '#000000' }]],
    [[{ number: 3, name: 'a', color: 'red' }]],
    [[{ number: 3, name: 'a' }]],
    [[null]],
    [{}],
  ])('are not %j', async (statuses) => {
    expect((await tenant.client.put(PATH, { statuses })).body['code']).toBe('request.invalid');
  });
});
