/** An endpoint whose URL is changed starts afresh, also while the old one is still being waited for. */
import type { TenantId } from '#domain';
import { oweDelivery } from '../builders/delivery.js';
import { openApi, type ApiClient, type TestApi } from '../harness/api.js';
import { Crm, type Answer } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint, type TestEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

describe('a new URL, given while the old one is waited for', () => {
  let api: TestApi;
  let rig: ForwarderRig;
  let crm: Crm;
  let tenantId: TenantId;
  let client: ApiClient;

  beforeAll(async () => {
    api = await openApi({ EGRESS_ALLOW: '127.0.0.0/8' });
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    rig = new ForwarderRig(api.world);
    crm = await Crm.open();
    ({ id: tenantId, client } = await api.tenant());
  });
  afterEach(async () => {
    rig.close();
    await crm.stop();
  });

  /** @returns the endpoint, when the old URL has answered so */
  async function moved(answer: Answer): Promise<TestEndpoint> {
    const endpoint = await makeEndpoint(api.sql, tenantId, { url: crm.url('/old') });
    await oweDelivery(api.sql, endpoint);
    crm.play({ answers: [answer] });
    crm.hold();
    const draining = rig.drain(endpoint);
    await until('the old URL to be asked', () => crm.requests.length === 1);
    await client.patch(`/v1/endpoints/${endpoint.id}`, { url: crm.url('/new') });
    crm.release();
    await draining;
    return endpoint;
  }

  it.each<[string, Answer]>([
    ['to wait for an hour', { status: 429, headers: { 'retry-after': '3600' } }],
    ['that it is gone', 410],
  ])('does not hear what the old one said: %s', async (_, answer) => {
    const endpoint = await moved(answer);
    const { body } = await client.get(`/v1/endpoints/${endpoint.id}`);
    expect(body['state']).toBe('enabled');
    await api.sql.rows(`UPDATE delivery SET due_at = now() - interval '1 s' WHERE endpoint_id = $1`, [
      endpoint.id,
    ]);
    await rig.drain(endpoint);
    expect(crm.requests.map(({ path }) => path)).toEqual(['/old', '/new']);
    expect(await rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered' }]);
  });
});
