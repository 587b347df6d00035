import { cdr } from '../builders/cdr.js';
import { TestIngress } from '../harness/ingress.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { Wire, get, post } from '../harness/wire.js';

const HEBREW = 'שלום';

let ingress: TestIngress;
let vc: TestConnection;
let vn: TestConnection;
beforeAll(async () => {
  ingress = await TestIngress.open();
});
afterAll(() => ingress.close());
beforeEach(async () => {
  const tenant = await makeTenant(ingress.world.sql);
  vc = await makeConnection(ingress.world.sql, tenant);
  vn = await makeConnection(ingress.world.sql, tenant, { dialect: 'voipnow' });
});

async function say(...parts: (string | Uint8Array)[]): Promise<Wire> {
  const wire = await Wire.open(ingress.port);
  for (const part of parts) await wire.send(part);
  return wire;
}
const one = async (connection: TestConnection) => {
  await until('a receipt', async () => (await ingress.kept(connection)) >= 1);
  const [receipt] = await ingress.receipts(connection);
  if (!receipt) throw new Error('no receipt');
  return receipt;
};

describe('a sender that is gone when he has said all', () => {
  it('has 500 whole requests kept of 500 that he reset at once, by GET and by POST', async () => {
    const body = JSON.stringify(cdr());
    const requests = [post(vc.path, body), get(`${vc.path}?ivruniqueid=1&caller=0501234567`)];
    await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        const wire = await say(requests[index % 2] ?? '');
        wire.reset();
      }),
    );
    await until('500 receipts', async () => (await ingress.kept(vc)) === 500, 30_000);
    expect(await ingress.refused(vc)).toEqual({});
  });

  it('is kept when his request came in pieces and the last was followed by a reset', async () => {
    const bytes = post(vc.path, JSON.stringify(cdr()));
    const wire = await say(bytes.subarray(0, 30), bytes.subarray(30, 300), bytes.subarray(300));
    wire.reset();
    expect((await one(vc)).state).toBe('due');
  });

  it('is kept and answered when he closes his half of the connection', async () => {
    const wire = await say(post(vc.path, JSON.stringify(cdr())));
    wire.socket.end();
    expect(await wire.answers()).toEqual([200]);
    expect(await ingress.kept(vc)).toBe(1);
  });

  it('is not kept but counted when he had not said all', async () => {
    const bytes = post(vc.path, JSON.stringify(cdr()));
    (await say(bytes.subarray(0, bytes.length - 1))).reset();
    await until('it to be counted', async () => (await ingress.refused(vc))['cut_off'] === 1);
    expect(await ingress.kept(vc)).toBe(0);
  });
});

describe('bytes beyond the announced length', () => {
  const told = JSON.stringify(cdr({ representativename: HEBREW }));
  const short = (text: string) => post(vc.path, text, { 'content-length': String(text.length) });

  it('leave what was announced kept as it is, marked, and the call readable', async () => {
    const wire = await say(short(told));
    expect(await wire.answers()).toEqual([200]);
    expect(JSON.parse(wire.body)).toMatchObject({ err: 0 });
    const bytes = Buffer.from(told);
    expect(await one(vc)).toMatchObject({
      body: bytes.subarray(0, told.length),
      surplus: bytes.subarray(told.length),
      state: 'due',
      note: expect.stringContaining('must count bytes, not characters') as unknown,
    });
  });

  it.each([['in the same packet', (all: Buffer, cut: number) => [all, cut]]])(
    'are noted where the call is whole without them, %s',
    async () => {
      const wire = await say(Buffer.concat([post(vc.path, told), Buffer.from('\0\0\0more')]));
      expect(await wire.answers()).toEqual([200]);
      expect(await one(vc)).toMatchObject({
        state: 'due',
        note: expect.stringContaining('7 bytes followed') as unknown,
      });
    },
  );

  it('are counted where they come after the answer', async () => {
    const all = short(told);
    const cut = all.length - (Buffer.byteLength(told) - told.length);
    const wire = await say(all.subarray(0, cut));
    expect(await wire.answers()).toEqual([200]);
    await wire.send(all.subarray(cut));
    await until('it to be counted', async () => (await ingress.refused(vc))['surplus'] === 1);
    await until('the end', () => wire.ended);
    expect((await one(vc)).state).toBe('unparsed');
  });

  it('are the body where none was announced', async () => {
    const wire = await say(`POST ${vc.path} HTTP/1.1\r\nhost: x\r\n\r\n${told}`);
    expect(await wire.answers()).toEqual([200]);
    expect(await one(vc)).toMatchObject({
      state: 'due',
      note: expect.stringContaining('announced no body') as unknown,
    });
  });
});

describe('what a content type says', () => {
  it.each([
    [''],
    ['json'],
    ['application/json charset=utf-8'],
    ['application/json, application/json'],
    ['application/json; charset=klingon'],
    ['image/png'],
    [';;;'],
    ['application/json; charset='],
    ['text/plain; boundary="'],
    [`x/${'y'.repeat(5_000)}`],
  ])('decides nothing: %j', async (type) => {
    const wire = await say(post(vc.path, JSON.stringify(cdr()), { 'content-type': type }));
    expect(await wire.answers()).toEqual([200]);
    expect(await ingress.receipts(vc)).toMatchObject([{ state: 'due' }]);
  });

  it.each(['gzip', 'br', 'nonsense', 'gzip, deflate'])(
    'nor does a content encoding: %s',
    async (encoding) => {
      const wire = await say(post(vc.path, JSON.stringify(cdr()), { 'content-encoding': encoding }));
      expect(await wire.answers()).toEqual([200]);
      expect(await ingress.kept(vc)).toBe(1);
    },
  );

  it('nor an expectation, nor that there is no host', async () => {
    const body = JSON.stringify(cdr());
    expect(await (await say(post(vc.path, body, { expect: 'miracles' }))).answers()).toEqual([200]);
    const length = Buffer.byteLength(body);
    const bare = `POST ${vc.path} HTTP/1.1\r\ncontent-length: ${length}\r\n\r\n${body}`;
    expect(await (await say(bare)).answers()).toEqual([200]);
    expect(await ingress.kept(vc)).toBe(2);
  });
});

describe('a long query', () => {
  it.each([20_000, 60_000])('of %d bytes is read', async (length) => {
    const wire = await say(
      get(`${vn.basePath}/dial-in?CallID=1&CallerIDNum=0501234567&x=${'a'.repeat(length)}`),
    );
    expect(await wire.answers()).toEqual([200]);
    expect((await one(vn)).state).toBe('due');
  });

  it('of more than 64 KiB is kept and answered 414', async () => {
    const wire = await say(get(`${vn.basePath}/dial-in?CallID=1&x=${'a'.repeat(70_000)}`));
    expect(await wire.answers()).toEqual([414]);
    // What stands before the limit is read.
    expect(await one(vn)).toMatchObject({ state: 'due', reason: null });
  });

  it('that no server would read is answered 414 and counted', async () => {
    const wire = await say(get(`${vc.path}?x=${'a'.repeat(300_000)}`));
    expect(await wire.answers()).toEqual([414]);
    expect(JSON.parse(wire.body)).toMatchObject({ err: 2 });
    expect(await ingress.refused(vc)).toEqual({ url_too_long: 1 });
  });

  it('and headers without end are answered 431 and counted', async () => {
    const wire = await say(get(vc.path, `x-long: ${'a'.repeat(200_000)}\r\n`));
    expect(await wire.answers()).toEqual([431]);
    expect(await ingress.refused(vc)).toEqual({ url_too_long: 1 });
  });
});

describe("what Node's parser refuses", () => {
  const name = (query: string) => new URLSearchParams(query).get('CallerIDName');
  const target = (value: string) =>
    `${vn.basePath}/dial-in?CallID=1&CallerIDNum=0501234567&CallerIDName=${value}`;

  it.each([
    ['raw UTF-8', HEBREW, HEBREW],
    ['a raw blank', 'John Smith', 'John Smith'],
    ['several raw blanks', ' John  Smith ', ' John  Smith'],
    ['blanks and UTF-8', `${HEBREW} ${HEBREW}`, `${HEBREW} ${HEBREW}`],
    ['a tab', 'John\tSmith', 'John\tSmith'],
    ['a control character', 'John\x01Smith', 'John\x01Smith'],
    ['a word that looks like the version', 'a HTTP/1.1 b', 'a HTTP/1.1 b'],
    ['a fraction sign', '½ price', '½ price'],
  ])('is read where it is certain what it says: %s in the URL', async (_, value, expected) => {
    const wire = await say(get(target(value)));
    expect(await wire.answers()).toEqual([200]);
    await until('the end', () => wire.ended);
    const receipt = await one(vn);
    expect(receipt).toMatchObject({
      state: 'due',
      note: expect.stringContaining('percent-encode') as unknown,
    });
    expect(name(receipt.query)).toBe(expected);
    expect(await ingress.refused(vn)).toEqual({});
  });

  it('is read in whatever pieces it comes', async () => {
    const bytes = get(target(HEBREW));
    const at = bytes.indexOf(Buffer.from(HEBREW));
    for (const cut of [1, 10, at, at + 1, at + 3, bytes.length - 1]) {
      const wire = await say(bytes.subarray(0, cut));
      await wire.send(bytes.subarray(cut));
      expect([cut, await wire.answers()]).toEqual([cut, [200]]);
    }
    expect((await ingress.receipts(vn)).map(({ query }) => name(query))).toEqual(Array(6).fill(HEBREW));
  });

  it('is read with its body', async () => {
    const body = 'CallID=1&CallerIDNum=0501234567';
    const head = `POST ${vn.basePath}/dial-in?CallerIDName=${HEBREW} HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n`;
    const wire = await say(head, body.slice(0, 5), body.slice(5));
    expect(await wire.answers()).toEqual([200]);
    const receipt = await one(vn);
    expect([receipt.body.toString(), name(receipt.query)]).toEqual([body, HEBREW]);
  });

  it.each([
    ['a blank in the name of a header', 'content type : application/json\r\n'],
    ['a line that is no header', 'nonsense\r\n'],
    ['a control character in a header', 'x-a: \x01\r\n'],
  ])('is read with %s', async (_, header) => {
    const body = JSON.stringify(cdr());
    const wire = await say(
      `POST ${vc.path} HTTP/1.1\r\n${header}content-length: ${body.length}\r\n\r\n${body}`,
    );
    expect(await wire.answers()).toEqual([200]);
    expect((await one(vc)).state).toBe('due');
  });

  it.each([
    ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n'],
    ['a length and chunks', 'content-length: 2\r\ntransfer-encoding: chunked\r\n'],
    ['chunks, and a raw blank', 'transfer-encoding: chunked\r\nbad header: 1\r\n'],
    ['a length that is none', 'content-length: 2x\r\n'],
    ['a length behind a blank', 'content-length : 2\r\ncontent-length: 5\r\n'],
  ])('is refused and counted where a second request could hide: %s', async (_, headers) => {
    const hidden = get(`${vc.path}?ivruniqueid=hidden`).toString();
    const wire = await say(`POST ${vc.path} HTTP/1.1\r\n${headers}\r\n{}${hidden}`);
    expect(await wire.answers()).toEqual([400]);
    await until('the end', () => wire.ended);
    expect(await ingress.refused(vc)).toEqual({ bad_body: 1 });
    expect(await ingress.kept(vc)).toBe(0);
  });

  it('is refused and counted where the chunks of its body break off', async () => {
    const head = `POST ${vc.path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`;
    const wire = await say(`${head}5\r\nhello\r\nxyz\r\n`);
    expect(await wire.answers()).toEqual([400]);
    expect(JSON.parse(wire.body)).toMatchObject({ err: 2 });
    expect(await ingress.refused(vc)).toEqual({ bad_body: 1 });
  });

  it('is never a second request of the same connection', async () => {
    const wire = await say(Buffer.concat([get(target(HEBREW)), get(target('second'))]));
    expect(await wire.answers()).toEqual([200]);
    await until('the end', () => wire.ended);
    expect(wire.statuses).toEqual([200]);
    expect(await ingress.kept(vn)).toBe(1);
  });

  it('is read as the second request of a connection that is kept', async () => {
    const wire = await say(get(target('first')));
    await wire.answers();
    await wire.send(get(target(HEBREW)));
    expect(await wire.answers(2)).toEqual([200, 200]);
    expect(await ingress.kept(vn)).toBe(2);
  });

  it('is answered in plain words where it is nothing to us, and said in the log', async () => {
    const wire = await say('\x16\x03\x01\x00\xa5\x01');
    expect(await wire.answers()).toEqual([400]);
  });
});

describe('a refusal', () => {
  it('shows in a line what it was of, without the token and without secrets', async () => {
    const wire = await say(
      post(`${vc.path}?password=hunter2&a=1`, '', { 'content-length': '2097152', 'content-type': 'text/x' }),
    );
    expect(await wire.answers()).toEqual([413]);
    expect(JSON.parse(wire.body)).toMatchObject({ err: 2, errdesc: 'The body is larger than 1 MiB.' });
    expect(await ingress.sample(vc)).toBe(
      'POST /in/[redacted]/voicenter/cdr?password=[redacted]&a=1; content-type: text/x; 2097152 bytes',
    );
  });

  it.each<[string, (path: string) => string | Uint8Array, number, string]>([
    [
      'another method',
      (path) => `PUT ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n`,
      405,
      'method',
    ],
    ['another route', (path) => get(path.replace('cdr', 'cdrs')), 404, 'unknown_route'],
    ['no route', (path) => get(path.split('/').slice(0, 3).join('/')), 404, 'unknown_route'],
    ['another dialect', (path) => get(path.replace('voicenter', 'voipnow')), 404, 'unknown_route'],
    ['chunks of more than 1 MiB', (path) => chunked(path, 1_100_000), 413, 'too_large'],
  ])('is counted for the connection: %s', async (_, bytes, status, reason) => {
    expect(await (await say(bytes(vc.path))).answers()).toEqual([status]);
    expect(await ingress.refused(vc)).toEqual({ [reason]: 1 });
    expect(await ingress.kept(vc)).toBe(0);
  });

  it('of a connection that is switched off is counted', async () => {
    const off = await makeConnection(ingress.world.sql, vc.tenantId, { enabled: false });
    expect(await (await say(get(off.path))).answers()).toEqual([403]);
    expect(await ingress.refused(off)).toEqual({ disabled: 1 });
  });

  it('lets the next request on the same connection through', async () => {
    const wire = await say(post(vc.path.replace('cdr', 'x'), 'a=1'));
    await wire.answers();
    await wire.send(post(vc.path, JSON.stringify(cdr())));
    expect(await wire.answers(2)).toEqual([404, 200]);
  });
});

function chunked(path: string, length: number): string {
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`;
  return `${head}${length.toString(16)}\r\n${'a'.repeat(length)}\r\n0\r\n\r\n`;
}

describe('a webhook', () => {
  it('is kept as it came, one hundred in a row on one connection', async () => {
    const bytes = post(vc.path, JSON.stringify(cdr()));
    const wire = await say(Buffer.concat(Array.from({ length: 100 }, () => bytes)));
    expect(await wire.answers(100)).toEqual(Array(100).fill(200));
    expect(await ingress.kept(vc)).toBe(100);
  });

  it('whose sender waits for leave is given it when its URL is one, and not when it is not', async () => {
    const body = JSON.stringify(cdr());
    const [head = '', rest = ''] = post(vc.path, body, { expect: '100-continue' })
      .toString()
      .split('\r\n\r\n');
    const wire = await say(`${head}\r\n\r\n`);
    await until('leave', () => wire.text.includes('100 Continue'));
    await wire.send(rest);
    expect(await wire.answers()).toEqual([200]);
    const stranger = await say(`${head.replace(vc.token, 'in_nobody')}\r\n\r\n`);
    expect(await stranger.answers()).toEqual([404]);
    expect(stranger.text).not.toContain('100 Continue');
  });

  it('may be named with scheme and host, as proxies do', async () => {
    expect(await (await say(get(`http://hook.example${vc.path}?ivruniqueid=1`))).answers()).toEqual([200]);
    expect(await ingress.kept(vc)).toBe(1);
  });
});
