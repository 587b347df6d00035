import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forgetIngressCounts } from '#db';
import { openApi, type TestApi, type TestTenant } from '../harness/api.js';
import { makeConnection } from '../harness/tenant.js';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('the limits of a tenant', () => {
  let api: TestApi;
  let tenant: TestTenant;
  beforeAll(async () => {
    api = await openApi();
    tenant = await api.tenant();
  });
  afterAll(() => api.close());

  const NONE = { webhooksPerSecond: null, webhookBurst: null, webhookBytesPerDay: null };
  const LIMITS = { webhooksPerSecond: 50, webhookBurst: 200, webhookBytesPerDay: 20_000_000_000 };

  it('are set, told and lifted by the operator, and written into the audit trail', async () => {
    const path = `/v1/tenants/${tenant.id}`;
    expect((await api.operator.get(path)).body).toMatchObject(NONE);
    expect(await api.operator.patch(path, LIMITS)).toMatchObject({ status: 200, body: LIMITS });
    expect((await api.operator.get(path)).body).toMatchObject(LIMITS);
    expect((await api.operator.patch(path, { webhookBytesPerDay: null })).body).toMatchObject({
      ...LIMITS,
      webhookBytesPerDay: null,
    });
    const changes = await api.sql.rows<{ changes: object }>(
      `SELECT changes FROM audit_entry WHERE action = 'tenant.changed' AND subject_id = $1 ORDER BY id`,
      [tenant.id],
    );
    expect(changes.map((row) => row.changes)).toMatchObject([
      { webhookBytesPerDay: { from: null, to: 20_000_000_000 } },
      { webhookBytesPerDay: { from: 20_000_000_000, to: null } },
    ]);
  });

  it('are none of the tenant’s business', async () => {
    expect((await tenant.client.patch(`/v1/tenants/${tenant.id}`, LIMITS)).status).toBe(403);
  });

  it.each([
    { webhooksPerSecond: 0 },
    { webhookBurst: 1.5 },
    { webhookBytesPerDay: -1 },
    { webhooksPerSecond: '5' },
  ])('are whole numbers above nothing: %j', async (patch) => {
    expect((await api.operator.patch(`/v1/tenants/${tenant.id}`, patch)).status).toBe(400);
  });

  it('and what was refused are counted for a while, and then forgotten', async () => {
    const connection = await makeConnection(api.sql, tenant.id);
    for (const days of [0, 30]) {
      await api.sql.rows(
        `INSERT INTO ingress_refusal VALUES ($1, now() - $3 * interval '1 day', 'method', $2, 1, now(), 'PUT')`,
        [connection.id, tenant.id, days],
      );
      await api.sql.rows(`INSERT INTO tenant_usage VALUES ($1, now() - 2 * $2 * interval '1 day', 1)`, [
        tenant.id,
        days,
      ]);
    }
    expect(await forgetIngressCounts(api.world.url, Date.now())).toBe(2);
    expect(await forgetIngressCounts(api.world.url, Date.now() + 90 * DAY_MS)).toBe(2);
  });
});
