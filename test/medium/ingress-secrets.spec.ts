import pino from 'pino';
import { dialectNamed, readWithSurplus } from '#dialects';
import { TestIngress } from '../harness/ingress.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { Wire, get } from '../harness/wire.js';

const SECRET = 'hunter2-s3cret';
const HEADERS = {
  authorization: `Bearer ${SECRET}`,
  'proxy-authorization': `Basic ${SECRET}`,
  cookie: `session=${SECRET}`,
  'x-api-key': SECRET,
  'x-auth-token': SECRET,
};
const QUERY = ['code', 'password', 'pass', 'token', 'org_token', 'api_key', 'key', 'secret', 'p%61ssword']
  .map((name) => `${name}=${SECRET}`)
  .join('&');

/** A call in each dialect, by GET. */
const CALLS = {
  voicenter: ['popup', 'phone=0501234567&ivrid=v-1&extenUser=101&statusCall=Ringing'],
  voipnow: ['dial-in', 'CallID=1&CallerIDNum=0501234567&CalledExtension=0003*210&CallStatus=CALLING'],
  globalex: ['incoming', 'callid=1&ext=101&caller=0501234567&target=036123456'],
} as const;

describe('secrets of a webhook', () => {
  let ingress: TestIngress;
  let connection: TestConnection;
  let lines = '';
  beforeAll(async () => {
    ingress = await TestIngress.open(
      {},
      pino({ level: 'trace' }, { write: (line: string) => void (lines += line) }),
    );
    connection = await makeConnection(ingress.world.sql, await makeTenant(ingress.world.sql));
  });
  afterAll(() => ingress.close());

  const rowsWith = async (text: string) =>
    ingress.world.sql.count(
      `SELECT (SELECT count(*) FROM receipt r WHERE r::text LIKE $1) + (SELECT count(*) FROM ingress_refusal i WHERE i::text LIKE $1)`,
      [`%${text}%`],
    );

  it.each(Object.entries(CALLS))(
    'are not kept in the clear, and %s is read without them as with them',
    async (dialect, [route, query]) => {
      const one = await makeConnection(ingress.world.sql, connection.tenantId, { dialect });
      const headers = {
        ...HEADERS,
        'x-forwarded-uri': `${one.path}?token=${SECRET}`,
        referer: `https://x/in/${one.token}/a`,
      };
      const given = `${query}&${QUERY}`;
      expect((await fetch(ingress.url(`${one.basePath}/${route}?${given}`), { headers })).status).toBe(200);
      const [receipt] = await ingress.receipts(one);
      if (!receipt) throw new Error('not kept');
      expect(receipt.state).toBe('due');
      expect(receipt.query.startsWith(query)).toBe(true);
      expect(await rowsWith(SECRET)).toBe(0);
      expect(await rowsWith(one.token)).toBe(0);
      const reader = dialectNamed(dialect);
      if (!reader) throw new Error('no such dialect');
      const without = (reading: unknown) =>
        JSON.parse(JSON.stringify(reading).replaceAll(SECRET, '[redacted]')) as unknown;
      const asItCame = reader.read(
        { method: 'GET', route, query: given, headers, body: new Uint8Array() },
        {},
      );
      expect(asItCame.ok).toBe(true);
      expect(without(readWithSurplus(reader, receipt, {}))).toEqual(without(asItCame));
    },
  );

  it('stay in the body, which is replayed as it came', async () => {
    const body = `ivruniqueid=1&caller=0501234567&password=${SECRET}`;
    const one = await makeConnection(ingress.world.sql, connection.tenantId);
    await fetch(ingress.url(one.path), { method: 'POST', body });
    expect((await ingress.receipts(one))[0]?.body.toString()).toBe(body);
    await ingress.world.sql.rows('DELETE FROM receipt WHERE connection_id = $1', [one.id]);
  });

  it('are in no line of the log, nor is the token, also where a request is refused or cannot be read', async () => {
    const path = `${connection.path}?token=${SECRET}&n=`;
    for (const bytes of [
      get(`${path}שלום`),
      get(`${path}a b`).toString().replace('GET', 'PUT'),
      get(`${path}${'a'.repeat(200_000)}`),
      `POST ${path} HTTP/1.1\r\ncontent-length: x\r\n\r\n`,
      get(path.replace('cdr', 'nowhere')),
      get(path.replace(connection.token, `in_other${SECRET}`)),
      `${SECRET} nonsense\r\n\r\n`,
    ]) {
      const wire = await Wire.open(ingress.port);
      await wire.send(bytes);
      await wire.answers();
      wire.close();
    }
    const cut = await Wire.open(ingress.port);
    await cut.send(`POST ${path} HTTP/1.1\r\ncontent-length: 5\r\n\r\n`);
    cut.reset();
    await until('all to be counted', async () => Object.keys(await ingress.refused(connection)).length >= 5);
    expect(lines).toContain('"webhook.refused"');
    expect(lines).toContain('"request.unreadable"');
    expect([lines.includes(SECRET), lines.includes(connection.token)]).toEqual([false, false]);
    expect(await rowsWith(SECRET)).toBe(0);
    expect(await rowsWith(connection.token)).toBe(0);
  });
});
