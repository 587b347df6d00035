/** An endpoint whose URL is changed starts afresh, also while the old one is still being waited for. */
import { oweDelivery } from '../builders/delivery.js';
import { CrmDesk } from '../harness/crm-desk.js';
import type { Answer } from '../harness/crm.js';
import type { TestEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

describe('a new URL, given while the old one is waited for', () => {
  const desk = CrmDesk.open({ EGRESS_ALLOW: '127.0.0.0/8' });

  /** @returns the endpoint, when the old URL has answered so */
  async function moved(answer: Answer): Promise<TestEndpoint> {
    const endpoint = await desk.endpointAt({ url: desk.crm.url('/old') });
    await oweDelivery(desk.api.sql, endpoint);
    desk.crm.play({ answers: [answer] });
    desk.crm.hold();
    const draining = desk.rig.drain(endpoint);
    await until('the old URL to be asked', () => desk.crm.requests.length === 1);
    await desk.client.patch(`/v1/endpoints/${endpoint.id}`, { url: desk.crm.url('/new') });
    desk.crm.release();
    await draining;
    return endpoint;
  }

  it.each<[string, Answer]>([
    ['to wait for an hour', { status: 429, headers: { 'retry-after': '3600' } }],
    ['that it is gone', 410],
  ])('does not hear what the old one said: %s', async (_, answer) => {
    const endpoint = await moved(answer);
    const { body } = await desk.client.get(`/v1/endpoints/${endpoint.id}`);
    expect(body['state']).toBe('enabled');
    await desk.api.sql.rows(`UPDATE delivery SET due_at = now() - interval '1 s' WHERE endpoint_id = $1`, [
      endpoint.id,
    ]);
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests.map(({ path }) => path)).toEqual(['/old', '/new']);
    expect(await desk.rig.deliveries(endpoint)).toMatchObject([{ state: 'delivered' }]);
  });
});
