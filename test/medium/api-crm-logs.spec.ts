/** What stands of calls in a CRM, and people who say whose a call is: by REST, with the forwarder that carries it out. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { instant, readParty, type CallId } from '#domain';
import { newId } from '#platform';
import { sampleCall } from '../../apps/api/endpoints/sample-call.js';
import { RecordsServer, type RecordsMishap } from '../../apps/simulator/index.js';
import { oweDeliveries } from '../builders/delivery.js';
import { makeCall } from '../builders/history.js';
import { openApi, type Json, type TestApi, type TestTenant } from '../harness/api.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeConnection, makeEndpoint, type TestConnection, type TestEndpoint } from '../harness/tenant.js';

const CALLER = '+972545551234';

let api: TestApi;
let rig: ForwarderRig;
let tenant: TestTenant;
let connection: TestConnection;
let crm: RecordsServer;
let endpoint: TestEndpoint;
let mishap: () => RecordsMishap;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.tenant();
  connection = await makeConnection(api.sql, tenant.id);
  rig = new ForwarderRig(api.world);
  mishap = () => undefined;
  crm = new RecordsServer({ mishap: () => mishap() });
  const url = `http://127.0.0.1:${String(await crm.listen())}`;
  const traits = { url, format: 'espocrm', formatSettings: { logging: { choose: 'ask' } } };
  endpoint = await makeEndpoint(api.sql, tenant.id, traits);
});
afterEach(async () => {
  rig.close();
  await crm.close();
});

/** A call of the caller that is over, told to the endpoint and carried into the CRM. */
async function calls(number = CALLER): Promise<CallId> {
  const callId = await makeCall(api.sql, connection, { customerNumber: number });
  const at = instant(Date.UTC(2026, 10, 21, 9, 30));
  const call = { ...sampleCall(at, { call: callId, connection: connection.id }), id: callId };
  const payload = { ...call, direction: 'inbound', from: readParty(number, 'IL') };
  await oweDeliveries(api.sql, endpoint, [{ callId, eventType: 'call.ended', payload }]);
  await rig.drain(endpoint);
  return callId;
}
const logsPath = () => `/v1/endpoints/${endpoint.id}/crm-logs`;
const contactPath = (callId: string) => `${logsPath()}/${callId}/contact`;
const logs = async (query = '') => (await tenant.client.get(`${logsPath()}${query}`)).body.data;
const idsOf = (rows: Json[]) => rows.map((row) => row['callId']);
const onWhom = () => crm.records.calls().map((row) => row['contactsIds'] ?? []);
const two = () => ['Noa', 'Ben'].map((name) => crm.records.addContact(name, CALLER).id);
const decisions = async () => (await rig.attempts(endpoint)).map(({ decision }) => decision);

describe('what stands in a CRM', () => {
  it('is listed by call, the latest first, page by page, and told of one call', async () => {
    const contact = crm.records.addContact('Noa', CALLER);
    const ids = [await calls(), await calls(), await calls()].reverse();
    const first = await tenant.client.get(`${logsPath()}?limit=2`);
    const next = await tenant.client.get(`${logsPath()}?limit=2&cursor=${first.body.nextCursor ?? ''}`);
    expect([...idsOf(first.body.data), ...idsOf(next.body.data)]).toEqual(ids);
    expect(next.body.nextCursor).toBeNull();
    const { status, body } = await tenant.client.get(`/v1/calls/${String(ids[0])}/crm-logs`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      {
        ...{ endpointId: endpoint.id, endpointName: 'CRM', callId: ids[0], state: 'written' },
        record: { id: expect.any(String), type: 'Call' },
        contact: { id: contact.id, type: 'Contact' },
        ...{ taskId: null, candidates: [], updatedAt: expect.any(String) },
      },
    ]);
    expect(idsOf(await logs(`?callId=${String(ids[1])}`))).toEqual([ids[1]]);
  });

  it('is told apart by its state', async () => {
    crm.records.addContact('Dan', '+972545551235');
    two();
    const written = await calls('+972545551235');
    const undecided = await calls();
    let asked = 0;
    mishap = () => ((asked += 1) === 2 ? 'lose' : undefined);
    const writing = await calls('+972545551236');
    expect(idsOf(await logs('?state=written'))).toEqual([written]);
    expect(idsOf(await logs('?state=undecided'))).toEqual([undecided]);
    expect(idsOf(await logs('?state=writing'))).toEqual([writing]);
    expect(idsOf(await logs())).toEqual([writing, undecided, written]);
    expect((await tenant.client.get(`${logsPath()}?state=nonsense`)).status).toBe(400);
  });

  it('is nobody else’s', async () => {
    const callId = await calls();
    const { client } = await api.tenant();
    const paths = [logsPath(), `/v1/calls/${callId}/crm-logs`];
    for (const path of paths) expect((await client.get(path)).status).toBe(404);
    expect((await client.put(contactPath(callId), { contactId: 'x' })).status).toBe(404);
    expect((await client.delete(contactPath(callId))).status).toBe(404);
  });
});

describe('whose a call is that several may have made', () => {
  it('is said by a person: the record follows, and so does every later call of the number', async () => {
    const [noa, ben] = two();
    const [earlier, callId] = [await calls(), await calls()];
    const [log] = await logs(`?callId=${callId}`);
    expect((log?.['candidates'] as Json[]).map((one) => one['id']).sort()).toEqual([noa, ben].sort());
    const { status, body } = await tenant.client.put(contactPath(callId), { contactId: ben });
    expect([status, body['contact']]).toMatchObject([202, { id: ben, name: 'Ben' }]);
    expect(body['deliveryIds']).toHaveLength(2);
    expect(api.rings).toContainEqual({ kind: 'endpoint', id: endpoint.id });
    await rig.drain(endpoint);
    expect(onWhom()).toEqual([[ben], [ben]]);
    expect((await decisions()).at(-1)).toMatch(/^Call \S+ was put on Ben, who was chosen\.$/);
    expect(await logs('?state=undecided')).toEqual([]);
    await calls();
    expect(onWhom()).toEqual([[ben], [ben], [ben]]);
    expect(idsOf(await logs('?state=written'))).toContain(earlier);
  });

  it('is said of a subscriber, whose number may have two forms', async () => {
    const forms = ['+5491123456789', '+541123456789'];
    const [, ben] = ['Noa', 'Ben'].map((name) => crm.records.addContact(name, forms[1] ?? '').id);
    const ids = [await calls(forms[0]), await calls(forms[1])];
    await tenant.client.put(contactPath(ids[0] ?? ''), { contactId: ben });
    await rig.drain(endpoint);
    expect(onWhom()).toEqual([[ben], [ben]]);
    await calls(forms[1]);
    expect(onWhom()).toEqual([[ben], [ben], [ben]]);
  });

  it('is moved once, whatever is sent again', async () => {
    const [noa] = two();
    const callId = await calls();
    await tenant.client.put(contactPath(callId), { contactId: noa, type: 'Contact' });
    await rig.drain(endpoint);
    const { asked } = crm;
    await tenant.client.put(contactPath(callId), { contactId: noa });
    await rig.drain(endpoint);
    expect(crm.asked).toBe(asked);
    expect(onWhom()).toEqual([[noa]]);
  });

  it('is somebody else’s when they say so, and nobody’s when they take it back', async () => {
    const [noa, ben] = two();
    const callId = await calls();
    for (const contactId of [noa, ben]) {
      await tenant.client.put(contactPath(callId), { contactId });
      await rig.drain(endpoint);
      expect(onWhom()).toEqual([[contactId]]);
    }
    const { status, body } = await tenant.client.delete(contactPath(callId));
    expect([status, body['contact']]).toEqual([202, null]);
    await rig.drain(endpoint);
    expect(onWhom()).toEqual([[]]);
    expect(idsOf(await logs('?state=undecided'))).toEqual([callId]);
    await calls();
    expect(onWhom().at(-1)).toEqual([]);
    expect((await tenant.client.delete(contactPath(callId))).status).toBe(404);
    const { body: audit } = await tenant.client.get(`/v1/audit?subjectId=${callId}`);
    expect(audit.data.map((entry) => entry['action'])).toEqual([
      'call.crm_choice_undone',
      'call.crm_contact_chosen',
      'call.crm_contact_chosen',
    ]);
    expect(JSON.stringify(audit.data)).not.toContain(CALLER);
  });

  it('is carried out when the CRM is up again', async () => {
    const [noa] = two();
    const callId = await calls();
    mishap = () => 'fail';
    await tenant.client.put(contactPath(callId), { contactId: noa });
    await rig.drain(endpoint);
    expect(onWhom()).toEqual([[]]);
    mishap = () => undefined;
    for (let time = 0; time < 4; time += 1) {
      await rig.pass(endpoint, 60_000);
      await rig.drain(endpoint);
    }
    expect(onWhom()).toEqual([[noa]]);
  });

  it('waits with all else while the endpoint is paused', async () => {
    const [noa] = two();
    const callId = await calls();
    await tenant.client.post(`/v1/endpoints/${endpoint.id}/pause`);
    await tenant.client.put(contactPath(callId), { contactId: noa });
    await rig.drain(endpoint);
    expect(onWhom()).toEqual([[]]);
    await tenant.client.post(`/v1/endpoints/${endpoint.id}/enable`);
    await rig.drain(endpoint);
    expect(onWhom()).toEqual([[noa]]);
  });

  it('is one of the candidates, of a call on which somebody has to choose', async () => {
    const stranger = crm.records.addContact('Dan', '+972545551235');
    two();
    const [callId, other] = [await calls(), await calls('+972545551235')];
    const codeOf = async (id: string, choice: object) => {
      const { status, body } = await tenant.client.put(contactPath(id), choice);
      return [status, body['code']];
    };
    expect(await codeOf(callId, { contactId: stranger.id })).toEqual([404, 'resource.not_found']);
    expect(await codeOf(other, { contactId: stranger.id })).toEqual([409, 'crm_log.nothing_to_choose']);
    expect(await codeOf(newId(), { contactId: stranger.id })).toEqual([404, 'resource.not_found']);
    await api.sql.rows('DELETE FROM call_event WHERE call_id = $1', [callId]);
    const [{ id } = { id: '' }] = (await logs(`?callId=${callId}`))[0]?.['candidates'] as { id: string }[];
    expect(await codeOf(callId, { contactId: id })).toEqual([409, 'crm_log.call_forgotten']);
  });
});
