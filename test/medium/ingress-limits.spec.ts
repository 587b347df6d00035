import { HeldBytes } from '../../apps/ingress/door/held-bytes.js';
import { cdr } from '../builders/cdr.js';
import { TestIngress } from '../harness/ingress.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { Wire, get, post } from '../harness/wire.js';

const MIB = 1024 * 1024;
const HELD_MIB = 4;
const SECONDS = 3;

describe('what is held of requests that do not arrive', () => {
  let ingress: TestIngress;
  let connection: TestConnection;
  beforeAll(async () => {
    ingress = await TestIngress.open({
      REQUEST_SECONDS: String(SECONDS),
      INGRESS_HELD_MIB_PER_SOURCE: String(HELD_MIB),
      INGRESS_TRUST_PROXY: '1',
    });
    connection = await makeConnection(ingress.world.sql, await makeTenant(ingress.world.sql));
  });
  afterAll(() => ingress.close());

  const allButOne = (path: string, from: string) =>
    post(path, 'x'.repeat(MIB), { 'x-forwarded-for': from }).subarray(0, -1);

  it('is bounded for each source, given up at the deadline, and keeps nobody else out', async () => {
    const before = process.memoryUsage().rss;
    const bytes = allButOne(connection.path, '203.0.113.1');
    const wires = await Promise.all(
      Array.from({ length: 300 }, async () => {
        const wire = await Wire.open(ingress.port);
        void wire.send(bytes);
        return wire;
      }),
    );
    // Also from the same address.
    for (const from of ['203.0.113.1', '203.0.113.2']) {
      const small = await Wire.open(ingress.port);
      await small.send(post(connection.path, JSON.stringify(cdr()), { 'x-forwarded-for': from }));
      expect([from, await small.answers(1, 30_000)]).toEqual([from, [200]]);
      small.close();
    }
    const held = ingress.running.app.get(HeldBytes);
    let most = 0;
    await until(
      'all to be given up',
      () => {
        most = Math.max(most, held.bytes);
        return wires.every(({ ended }) => ended);
      },
      60_000,
    );
    expect(most).toBeLessThanOrEqual(HELD_MIB * MIB);
    expect(held.bytes).toBe(0);
    const statuses = new Set(wires.flatMap((wire) => wire.statuses));
    expect([...statuses].every((status) => status === 429 || status === 408)).toBe(true);
    const refused = await ingress.refused(connection);
    const counted = ['too_much_at_once', 'timeout', 'cut_off'].map((reason) => refused[reason] ?? 0);
    expect(counted.reduce((sum, count) => sum + count)).toBe(300);
    // The test's own half of the connections is in it too.
    expect(process.memoryUsage().rss - before).toBeLessThan(220 * MIB);
  });

  it('needs a token: without one the body is not let in', async () => {
    const wire = await Wire.open(ingress.port);
    await wire.send(
      allButOne(connection.path.replace(connection.token, 'in_nobody'), '203.0.113.3').subarray(0, 400),
    );
    expect(await wire.answers()).toEqual([404]);
  });

  it('is given up at the deadline, in the words of the dialect, and counted', async () => {
    const slow = await makeConnection(ingress.world.sql, connection.tenantId);
    const wire = await Wire.open(ingress.port);
    await wire.send(post(slow.path, '{"a":1}').subarray(0, -1));
    expect(await wire.answers()).toEqual([408]);
    expect(JSON.parse(wire.body)).toMatchObject({ err: 2, errdesc: 'The request did not arrive in time.' });
    expect(await ingress.refused(slow)).toEqual({ timeout: 1 });
  });

  it.each([
    ['a head', (path: string) => get(path).subarray(0, -2)],
    [
      'a request that only we can read',
      (path: string) => `POST ${path}?a=ü HTTP/1.1\r\ncontent-length: 9\r\n\r\n12`,
    ],
  ])('is given up at the deadline where it is %s', async (_, bytes) => {
    const slow = await makeConnection(ingress.world.sql, connection.tenantId);
    const wire = await Wire.open(ingress.port);
    await wire.send(bytes(slow.path));
    expect(await wire.answers()).toEqual([408]);
    expect(await ingress.refused(slow)).toEqual({ timeout: 1 });
  });

  it('does not keep the process from stopping', async () => {
    const other = await TestIngress.open({ SHUTDOWN_GRACE_SECONDS: '1' });
    const owner = await makeConnection(other.world.sql, await makeTenant(other.world.sql));
    const half = await Wire.open(other.port);
    await half.send(post(owner.path, '{"a":1}').subarray(0, -1));
    const silent = await Wire.open(other.port);
    const refused = await Wire.open(other.port);
    await refused.send(post(owner.path, '', { 'content-length': '2000000' }));
    await refused.answers();
    await other.close();
    expect(half.statuses).toEqual([408]);
    await until('the others to be ended', () => silent.ended && refused.ended);
  });
});

describe('webhooks to unknown URLs', () => {
  let ingress: TestIngress;
  let connection: TestConnection;
  beforeAll(async () => {
    ingress = await TestIngress.open({ INGRESS_GUESSES_PER_MINUTE: '20', INGRESS_TRUST_PROXY: '1' });
    connection = await makeConnection(ingress.world.sql, await makeTenant(ingress.world.sql));
  });
  afterAll(() => ingress.close());

  const send = async (path: string, from: string) => {
    const answer = await fetch(ingress.url(path), {
      method: 'POST',
      body: '{}',
      headers: { 'x-forwarded-for': from },
    });
    return { status: answer.status, wait: answer.headers.get('retry-after'), text: await answer.text() };
  };

  it('are limited by their source, cost no look-up each, and keep nobody out who is known', async () => {
    const from = '198.51.100.7';
    expect((await send(connection.path, from)).status).toBe(200);
    const lookUps = () => ingress.metric('switchhook_statements_total', 'token.find');
    const before = await lookUps();
    const answers = [];
    for (let guess = 0; guess < 300; guess += 1)
      answers.push(await send(`/in/guess${guess}/voicenter/cdr`, from));
    expect(answers.slice(0, 20).map(({ status }) => status)).toEqual(Array(20).fill(404));
    expect(new Set(answers.slice(20).map(({ status }) => status))).toEqual(new Set([429]));
    expect(Number(answers.at(-1)?.wait)).toBeGreaterThan(0);
    expect(JSON.parse(answers.at(-1)?.text ?? '')).toMatchObject({ err: 2 });
    expect((await lookUps()) - before).toBeLessThan(20 + 10);
    expect((await send(connection.path, from)).status).toBe(200);
    expect((await send('/in/guess/voicenter/cdr', '198.51.100.8')).status).toBe(404);
  });

  it('let a PBX in behind the same address that nobody has heard of yet, at its next try', async () => {
    const from = '198.51.100.9';
    for (let guess = 0; guess < 25; guess += 1) await send(`/in/other${guess}/voicenter/cdr`, from);
    const late = await makeConnection(ingress.world.sql, connection.tenantId);
    expect((await send(late.path, from)).status).toBe(429);
    await until('it to be let in', async () => (await send(late.path, from)).status === 200);
  });

  it('cannot be blamed on others: the source is what our own proxy has seen', async () => {
    for (let guess = 0; guess < 25; guess += 1)
      await send(`/in/x${guess}/voicenter/cdr`, `192.0.2.${guess}, 198.51.100.10`);
    expect((await send('/in/y/voicenter/cdr', '10.0.0.1, 198.51.100.10')).status).toBe(429);
    expect((await send('/in/y/voicenter/cdr', '192.0.2.1')).status).toBe(404);
    await send(connection.path, '1.1.1.1, 198.51.100.11');
    await send(connection.path, 'javascript:alert(1)');
    const rows = await ingress.receipts(connection);
    expect(rows.map(({ source_ip }) => source_ip).slice(-2)).toEqual(['198.51.100.11', '127.0.0.1']);
  });
});

describe('what a tenant may send', () => {
  let ingress: TestIngress;
  beforeAll(async () => {
    ingress = await TestIngress.open();
  });
  afterAll(() => ingress.close());

  const limitedTo = async (limits: string) => {
    const tenant = await makeTenant(ingress.world.sql);
    await ingress.world.sql.rows(`UPDATE tenant SET ${limits} WHERE id = $1`, [tenant]);
    return makeConnection(ingress.world.sql, tenant);
  };
  const send = (connection: TestConnection, body = JSON.stringify(cdr())) =>
    fetch(ingress.url(connection.path), { method: 'POST', body });

  it('a second is limited, with a burst, for all its connections', async () => {
    const connection = await limitedTo('webhooks_per_second = 1, webhook_burst = 5');
    const second = await makeConnection(ingress.world.sql, connection.tenantId);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => send(at % 2 ? connection : second)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect([statuses.slice(0, 5), statuses.at(-1)]).toEqual([Array(5).fill(200), 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect([refused?.headers.get('retry-after'), await refused?.json()]).toMatchObject(['1', { err: 2 }]);
    const counts = [await ingress.refused(connection), await ingress.refused(second)];
    expect(counts.reduce((sum, one) => sum + (one['tenant_rate'] ?? 0), 0)).toBe(
      statuses.filter((status) => status === 429).length,
    );
    await until('more to be let in', async () => (await send(connection)).status === 200);
  });

  it('a day is limited in bytes, which other processes know of', async () => {
    const connection = await limitedTo('webhook_bytes_per_day = 5000');
    const body = JSON.stringify(cdr({ note: 'x'.repeat(1_000) }));
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await send(connection, body)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
    const wait = Number((await send(connection, body)).headers.get('retry-after'));
    expect(wait > 0 && wait <= 86_400).toBe(true);
    await ingress.flushUsage();
    const used = 'SELECT webhook_bytes FROM tenant_usage WHERE tenant_id = $1';
    expect(await ingress.world.sql.count(used, [connection.tenantId])).toBeGreaterThan(3_000);
    // As another process would have counted.
    const fresh = await limitedTo('webhook_bytes_per_day = 5000');
    await send(fresh, body);
    await ingress.flushUsage();
    await ingress.world.sql.rows('UPDATE tenant_usage SET webhook_bytes = 5000 WHERE tenant_id = $1', [
      fresh.tenantId,
    ]);
    await send(fresh, '{}');
    await ingress.flushUsage();
    expect((await send(fresh, '{}')).status).toBe(429);
    expect(await ingress.refused(fresh)).toEqual({ tenant_bytes: 1 });
  });

  it('is not limited unless the operator says so', async () => {
    const connection = await makeConnection(ingress.world.sql, await makeTenant(ingress.world.sql));
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(connection)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
