import type { OAuthCodeClient } from '#domain';
import { oweDeliveries } from '../builders/delivery.js';
import { connectEndpoint } from '../builders/grant.js';
import { BACKENDS } from '../harness/backends.js';
import { Chain } from '../harness/chain.js';
import { ConsentingCrm } from '../harness/consenting-crm.js';
import { makeEndpoint, type TestEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const THOUSAND = 1_000;
/** A mailbox's lease and a sweep, then the lease of the renewal. */
const TAKEN_OVER_WITHIN_MS = 45_000;

describe.each(BACKENDS)('when an access token ends in mid-run, on $name', (backend) => {
  let chain: Chain;
  let crm: ConsentingCrm;
  let endpoint: TestEndpoint;

  beforeEach(async () => {
    chain = await Chain.open(backend);
    crm = await ConsentingCrm.open();
    endpoint = await makeEndpoint(chain.sql, chain.endpoint.tenantId, {
      url: crm.url('/hook'),
      concurrency: THOUSAND,
      timeoutMs: 30_000,
    });
    const auth: OAuthCodeClient = {
      ...{ baseUrlFrom: null, keepAliveDays: 7, pkce: true, sendAs: 'basic' },
      ...(crm.access().auth as unknown as OAuthCodeClient),
    };
    await connectEndpoint(chain.sql, endpoint, { auth, ...crm.give() });
  });
  afterEach(async () => {
    await chain.close();
    await crm.stop();
  });

  const owe = (count: number) =>
    oweDeliveries(
      chain.sql,
      endpoint,
      Array.from({ length: count }, () => ({})),
    );
  const allDelivered = (count: number, withinMs: number) =>
    until(
      'all to be delivered',
      async () =>
        (await chain.sql.count(
          `SELECT count(*) FROM delivery WHERE endpoint_id = $1 AND state = 'delivered'`,
          [endpoint.id],
        )) === count,
      withinMs,
    );

  it('a thousand deliveries that are under way need one new one, with two forwarders', async () => {
    crm.holdHooks();
    await owe(THOUSAND);
    await chain.start('forwarder');
    await chain.product.start('forwarder');
    await until('all to be under way', () => crm.underWay === THOUSAND, TAKEN_OVER_WITHIN_MS);
    crm.expire();
    crm.releaseHooks();
    await allDelivered(THOUSAND, TAKEN_OVER_WITHIN_MS);
    expect(crm.refreshes).toBe(1);
    expect(crm.refused).toHaveLength(THOUSAND);
    expect([crm.taken.length, new Set(crm.taken).size]).toEqual([THOUSAND, THOUSAND]);
    const burnt = `SELECT count(*) FROM delivery WHERE endpoint_id = $1 AND (attempt_count <> 1 OR refusals <> 0)`;
    expect(await chain.sql.count(burnt, [endpoint.id])).toBe(0);
  });

  it('and whoever renews it is killed, another process does', async () => {
    crm.expire();
    crm.holdTokens();
    await owe(50);
    await chain.start('forwarder');
    await until('it to be renewed', () => crm.refreshes === 1, TAKEN_OVER_WITHIN_MS);
    await chain.product.start('forwarder');
    await chain.process('forwarder').kill();
    crm.releaseTokens();
    await allDelivered(50, TAKEN_OVER_WITHIN_MS);
    expect(crm.refreshes).toBe(2);
    expect(new Set(crm.taken).size).toBe(50);
    const { state } = await chain.sql.row<{ state: string }>(
      'SELECT state FROM endpoint_grant WHERE endpoint_id = $1',
      [endpoint.id],
    );
    expect(state).toBe('good');
  });
});
