import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#platform';
import { makeContact } from '../builders/contact.js';
import { oweDelivery } from '../builders/delivery.js';
import { makeCall, makeReceipt } from '../builders/history.js';
import { makePeople } from '../builders/people.js';
import { openApi, type ApiClient, type TestApi } from '../harness/api.js';
import { makeConnection, makeEndpoint } from '../harness/tenant.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

async function find(client: ApiClient, q: string): Promise<[string, string][]> {
  const { status, body } = await client.get(`/v1/search?q=${encodeURIComponent(q)}`);
  expect([q, status, body['code']]).toEqual([q, 200, undefined]);
  return body.data.map((one) => [one['type'] as string, one['id'] as string]);
}

async function office() {
  const { id: tenant, client } = await api.tenant();
  const connection = await makeConnection(api.sql, tenant);
  await api.sql.rows(`UPDATE connection SET name = 'Head office', country = 'IL' WHERE id = $1`, [
    connection.id,
  ]);
  const agent = await makePeople(api.sql, connection);
  const endpoint = await makeEndpoint(api.sql, tenant, { url: 'https://crm.example/' });
  await api.sql.rows(`UPDATE endpoint SET name = 'Sales CRM' WHERE id = $1`, [endpoint.id]);
  const call = await makeCall(api.sql, connection, {
    customerNumber: '+972502345678',
    vendorCallId: 'pbx 7/1',
    startedAt: 1_000,
  });
  const later = await makeCall(api.sql, connection, { customerNumber: '+972502345678', startedAt: 2_000 });
  const contact = await makeContact(api.sql, tenant, { name: 'Ruth Levi', phones: ['+972502345678'] });
  const receipt = await makeReceipt(api.sql, connection);
  const owed = await oweDelivery(api.sql, endpoint, {});
  return { client, connection, agent, endpoint, call, later, contact, receipt, owed };
}

describe('the search', () => {
  it('finds what has an id, of whatever kind, and nothing of a stranger', async () => {
    const own = await office();
    const stranger = (await api.tenant()).client;
    const ids = {
      call: own.call,
      contact: own.contact,
      endpoint: own.endpoint.id,
      connection: own.connection.id,
      agent: own.agent,
      receipt: own.receipt,
      delivery: own.owed.id,
      event: own.owed.eventId,
    };
    for (const [type, id] of Object.entries(ids)) {
      expect(await find(own.client, id)).toEqual([[type, id]]);
      expect(await find(own.client, ` ${id.toUpperCase()} `)).toEqual([[type, id]]);
      expect(await find(stranger, id)).toEqual([]);
    }
    expect(await find(own.client, newId())).toEqual([]);
  });

  it('finds calls and contacts by a number in any spelling, the latest call first', async () => {
    const { client, call, later, contact } = await office();
    const stranger = (await api.tenant()).client;
    for (const spelling of ['+972502345678', '050-234-5678', '(050) 234 5678', '0502345678']) {
      expect(await find(client, spelling)).toEqual([
        ['call', later],
        ['call', call],
        ['contact', contact],
      ]);
      expect(await find(stranger, spelling)).toEqual([]);
    }
  });

  it('finds a call by the PBX’s id of it', async () => {
    const { client, call } = await office();
    expect(await find(client, 'pbx 7/1')).toEqual([['call', call]]);
    expect(await find((await api.tenant()).client, 'pbx 7/1')).toEqual([]);
  });

  it('finds by words of a name, whatever their case, and takes no sign for a wildcard', async () => {
    const { client, endpoint, connection, agent, contact } = await office();
    const stranger = (await api.tenant()).client;
    const names: [string, [string, string]][] = [
      ['sales c', ['endpoint', endpoint.id]],
      ['OFFICE', ['connection', connection.id]],
      ['dana', ['agent', agent]],
      ['Ruth', ['contact', contact]],
    ];
    for (const [q, expected] of names) {
      expect(await find(client, q)).toContainEqual(expected);
      expect(await find(stranger, q)).toEqual([]);
    }
    expect(await find(client, 'S%M')).toEqual([]);
  });

  it('shows at most five of a kind, with what tells them apart', async () => {
    const { id: tenant, client } = await api.tenant();
    const connection = await makeConnection(api.sql, tenant);
    for (let n = 0; n < 7; n += 1)
      await makeCall(api.sql, connection, { customerNumber: '4711', startedAt: 1_000 + n });
    const { body } = await client.get('/v1/search?q=4711');
    expect(body.data).toHaveLength(5);
    expect(body.data[0]).toMatchObject({
      type: 'call',
      title: '4711',
      detail: 'inbound answered',
      at: '1970-01-01T00:00:01.006Z',
    });
    expect((await client.get('/v1/search?q=x')).status).toBe(400);
    expect((await client.get('/v1/search')).status).toBe(400);
  });
});
