import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { oweDelivery } from '../builders/delivery.js';
import { openApi, type Json, type TestApi } from '../harness/api.js';
import { Crm } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint } from '../harness/tenant.js';

const MINUTE = 60_000;

describe('a dead delivery that is retried by hand', () => {
  let api: TestApi;
  let rig: ForwarderRig;
  let crm: Crm;

  beforeAll(async () => {
    api = await openApi();
    rig = new ForwarderRig(api.world);
    crm = await Crm.open();
  });
  afterAll(async () => {
    rig.close();
    await crm.stop();
    await api.close();
  });

  it('has the whole schedule before it again', async () => {
    const { id: tenantId, client } = await api.tenant();
    const endpoint = await makeEndpoint(api.sql, tenantId, { url: crm.url(), scheduleMs: [0, MINUTE] });
    const { id } = await oweDelivery(api.sql, endpoint);
    const shown = async () => (await client.get(`/v1/deliveries/${id}`)).body;
    const tryOnce = async () => {
      await rig.drain(endpoint);
      await rig.pass(endpoint, 2 * MINUTE);
      return (await shown())['state'];
    };
    crm.play({ otherwise: 500 });
    expect([await tryOnce(), await tryOnce()]).toEqual(['due', 'dead']);
    const { body } = await client.post(`/v1/deliveries/${id}/retry`);
    expect(body).toMatchObject({ state: 'due', attemptCount: 0, firstTriedAt: null });
    expect([await tryOnce(), await tryOnce()]).toEqual(['due', 'dead']);
    const { attempts, attemptCount } = await shown();
    expect(attemptCount).toBe(2);
    expect((attempts as Json[]).map(({ number }) => number)).toEqual([1, 2, 1, 2]);
  });
});
