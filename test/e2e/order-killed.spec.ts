/** A real api process is killed while it orders a call: whatever happens, nobody is called twice, and what came of it is found out. */
import { OPEN_ORDER_STATES } from '#domain';
import { ApiServer, type Vendor } from '../../apps/simulator/index.js';
import { BACKENDS } from '../harness/backends.js';
import { Chain } from '../harness/chain.js';
import { makeConnection, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const OPERATOR_KEY = `sk_${'e2e'.repeat(15)}`;
const VENDOR: Vendor = 'globalex';
/** Later than any sender lives, and than the PBX's lists need to show a call. */
const SENDER_IS_DEAD = '1 minute';
const LISTS_SHOW_IT = '10 minutes';

interface Attempt {
  [column: string]: unknown;
  state: string;
  vendor_call_id: string | null;
}

describe.each(BACKENDS)('when the api is killed while it orders a call, on $name', (backend) => {
  let chain: Chain;
  let pbx: ApiServer;
  let connection: TestConnection;

  beforeEach(async () => {
    chain = await Chain.open(backend, { eventTypes: ['order.*'] });
    pbx = new ApiServer({ vendor: VENDOR, now: () => Date.now() });
    const url = await pbx.listen();
    connection = await makeConnection(chain.sql, chain.endpoint.tenantId, { dialect: VENDOR });
    await chain.startWith({ ADMIN_KEY: OPERATOR_KEY }, 'api');
    await chain.start('forwarder');
    const { settings, secrets } = pbx.account;
    const account = { settings: { ...settings, url, history_url: url }, secrets };
    const answer = await ask('PUT', `/v1/connections/${connection.id}/pbx-account`, account);
    expect(answer.status).toBe(200);
  });
  afterEach(async () => {
    await chain.close();
    await pbx.close();
  });

  const ask = (method: string, path: string, body: object, more: Record<string, string> = {}) =>
    fetch(chain.process('api').url(path), {
      method,
      headers: {
        authorization: `Bearer ${OPERATOR_KEY}`,
        'switchhook-tenant': chain.endpoint.tenantId,
        'content-type': 'application/json',
        ...more,
      },
      body: JSON.stringify(body),
    });

  const order = (digits: string, key = 'one-click') => {
    const [agent] = pbx.desk.office.agents;
    const body = {
      connectionId: connection.id,
      first: { kind: 'extension', value: agent?.extension },
      second: { kind: 'number', value: `+9725012345${digits}` },
    };
    return ask('POST', '/v1/orders', body, { 'idempotency-key': key });
  };
  const dialled = () => pbx.requests.filter(({ query }) => query.has('dial1')).length;
  const attempts = () =>
    chain.sql.rows<Attempt>('SELECT state, vendor_call_id FROM dial_attempt WHERE connection_id = $1', [
      connection.id,
    ]);
  const stateOf = async () => (await attempts()).map(({ state }) => state).join();
  /** So much time goes by for the order, and the forwarder is told to look. */
  const pass = async (time: string) => {
    await chain.sql.rows(
      `UPDATE dial_attempt SET sent_at = sent_at - $2::interval, look_at = now() WHERE connection_id = $1`,
      [connection.id, time],
    );
    await chain.process('forwarder').kill();
    await chain.sql.rows(`DELETE FROM mailbox WHERE kind = 'order'`);
    await chain.start('forwarder');
  };
  const becomes = (state: string) =>
    until(`the order to be ${state}`, async () => (await stateOf()) === state, 30_000);
  /** Whoever clicks again is no double click any more. */
  const later = () =>
    chain.sql.rows(
      `UPDATE dial_attempt SET sent_at = sent_at - interval '5 seconds' WHERE connection_id = $1`,
      [connection.id],
    );
  const restart = async () => {
    await chain.process('api').kill();
    await chain.start('api');
  };

  it('before the PBX has answered: the call is found at the PBX, and is not placed again', async () => {
    const lost = order('32').catch(() => 'lost');
    await until('the PBX to be asked', () => dialled() === 1);
    expect(await stateOf()).toBe('sending');
    await restart();
    expect(await lost).toBe('lost');
    await later();
    // Whoever clicked clicks again, by the same key and by another: neither dials.
    for (const key of ['one-click', 'another']) expect((await order('32', key)).ok).toBe(false);
    expect(await stateOf()).toBe('sending');
    await pass(SENDER_IS_DEAD);
    await becomes('accepted');
    expect(await attempts()).toEqual([{ state: 'accepted', vendor_call_id: pbx.desk.calls[0]?.id }]);
    expect([dialled(), pbx.placedTo('+972501234532')]).toEqual([1, 1]);
  });

  it('before the PBX has answered, which placed none: it is not placed, and the number is free again', async () => {
    const lost = order('34').catch(() => 'lost');
    await until('the PBX to be asked', () => dialled() === 1);
    await chain.process('api').kill();
    await lost;
    // The sender may have had the time to write that it does not know.
    expect(['sending', 'unknown']).toContain(await stateOf());
    await chain.start('api');
    await later();
    expect((await order('34', 'another')).ok).toBe(false);
    await pass(SENDER_IS_DEAD);
    await becomes('unknown');
    expect(dialled()).toBe(1);
    await pass(LISTS_SHOW_IT);
    await becomes('not_placed');
    expect([dialled(), pbx.desk.calls.length]).toEqual([1, 0]);
    expect(OPEN_ORDER_STATES).not.toContain('not_placed');
    await order('34', 'a new one');
    expect([dialled(), (await attempts()).length]).toEqual([2, 2]);
  });

  it('right after: what was answered stays so, and is told once', async () => {
    expect((await order('40')).status).toBe(201);
    await restart();
    expect(await attempts()).toEqual([{ state: 'accepted', vendor_call_id: pbx.desk.calls[0]?.id }]);
    const again = await order('40');
    expect([again.status, ((await again.json()) as Attempt).state]).toEqual([201, 'accepted']);
    await later();
    expect((await order('40', 'another')).status).toBe(409);
    expect([dialled(), pbx.placedTo('+972501234540')]).toEqual([1, 1]);
    const told = () => chain.crm.delivered.map(({ event }) => event.type);
    await until('it to be told', () => told().length > 0);
    expect(told()).toEqual(['order.placed']);
  });
});
