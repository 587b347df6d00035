import { newId } from '#platform';
import { BACKENDS } from '../harness/backends.js';
import { Chain } from '../harness/chain.js';
import { makeConnection } from '../harness/tenant.js';
import { tracesLeft } from '../harness/traces-left.js';
import { until } from '../harness/until.js';

const CALLS = 2_000;
const NUMBER = '+972502345678';
const DIGITS = '502345678';
/** Parts of the calls that are erased when the process is killed. */
const KILL_AT = [0.2, 0.6];
const WITHIN_MS = 60_000;
const OPERATOR_KEY = `sk_${'e2e'.repeat(15)}`;

describe.each(BACKENDS)('when the forwarder is killed in the middle of an erasure, on $name', (backend) => {
  let chain: Chain;

  beforeEach(async () => {
    chain = await Chain.open(backend);
    await chain.startWith({ ADMIN_KEY: OPERATOR_KEY }, 'api', 'forwarder');
  });
  afterEach(() => chain.close());

  async function ask(path: string, body?: object): Promise<Record<string, unknown>> {
    const answer = await fetch(chain.process('api').url(path), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${OPERATOR_KEY}`,
        'switchhook-tenant': chain.endpoint.tenantId,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.ok).toBe(true);
    return (await answer.json()) as Record<string, unknown>;
  }

  /** Calls of the number, each with an event that was told. */
  async function makeCalls(): Promise<void> {
    const { tenantId, id: endpointId } = chain.endpoint;
    const connection = await makeConnection(chain.sql, tenantId);
    const leg = {
      ...{ key: 'only', vendorType: '', vendorStatus: '', direction: 'inbound', result: 'answered' },
      ...{
        startedAt: null,
        ringSeconds: null,
        queueSeconds: null,
        talkSeconds: 5,
        did: null,
        extension: null,
      },
      ...{
        agent: null,
        queue: null,
        department: null,
        price: null,
        recordings: [],
        ivrPath: [],
        customData: {},
      },
      ...{ transferOf: null, ai: null, unreadableFields: [], raw: { note: '050-234-5678' }, heard: {} },
      from: { original: '0502345678', e164: NUMBER, country: 'IL', countryName: 'Israel', type: 'mobile' },
      to: { original: '101', e164: null, country: null, countryName: null, type: null },
    };
    await chain.sql.rows(
      `INSERT INTO call (id, tenant_id, connection_id, vendor_call_id, started_at, direction, result, customer_number, sequence,
                         record, updated_at)
       SELECT gen_random_uuid(), $1, $2, 'v' || n, now() - n * interval '1 s', 'inbound', 'answered', $3, 1, $4, now()
       FROM generate_series(1, $5) AS n`,
      [tenantId, connection.id, NUMBER, JSON.stringify({ legs: [leg], told: [] }), CALLS],
    );
    await chain.sql.rows(
      `WITH events AS (
         INSERT INTO call_event (id, tenant_id, call_id, type, sequence, occurred_at, payload)
         SELECT (substr($4, 1, 13) || '-7' || substr(md5(id::text), 1, 3) || '-8' || substr(md5(id::text), 4, 3) || '-'
                 || substr(md5(id::text), 7, 12))::uuid, $1, id, 'call.ended', 1, now(), $3
         FROM call WHERE tenant_id = $1 RETURNING id, call_id
       )
       INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, call_id, event_type, sequence, state, due_at)
       SELECT id, $1, $2, id, call_id, 'call.ended', 1, 'delivered', now() FROM events`,
      [tenantId, endpointId, JSON.stringify({ from: '0502345678' }), newId()],
    );
  }

  it(
    'the next one carries it on: nothing of the number is left, and each call was counted once',
    async () => {
      await makeCalls();
      const { id } = await ask('/v1/erasures', { number: NUMBER, dryRun: false, waitMinutes: 0 });
      const erased = () => chain.sql.count(`SELECT count(*) FROM call WHERE customer_number = ''`);
      for (const part of KILL_AT) {
        await until('a part to be erased', async () => (await erased()) >= part * CALLS, WITHIN_MS);
        await chain.process('forwarder').kill();
        expect(await erased()).toBeLessThan(CALLS);
        await chain.start('forwarder');
      }
      const path = `/v1/erasures/${String(id)}`;
      await until('it to be done', async () => (await ask(path))['state'] === 'done', WITHIN_MS);

      const { preview, report } = await ask(path);
      expect(report).toMatchObject({
        tables: expect.arrayContaining([
          { table: 'call', deleted: 0, masked: CALLS },
          { table: 'call_event', deleted: CALLS, masked: 0 },
        ]) as unknown,
      });
      expect(preview).toMatchObject({ tables: (report as { tables: unknown }).tables });
      expect(await tracesLeft(chain.sql, chain.endpoint.tenantId, DIGITS)).toEqual([]);
      expect(await chain.sql.count('SELECT count(*) FROM call')).toBe(CALLS);
    },
    4 * WITHIN_MS,
  );
});
