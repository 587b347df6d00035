import fc from 'fast-check';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { ClientError } from '#platform';
import type { Arrival } from './answer-webhook.js';
import { HeldBytes } from './held-bytes.js';
import { WebhookDoor } from './webhook-door.js';

interface Taken {
  method: string;
  url: string;
  body: string;
  surplus: string | null;
  refused: string | null;
}

const taken: Taken[] = [];
const counted: unknown[] = [];
const OWNER = { tenantId: 't', connectionId: 'c' } as never;

/** Takes what it is given, a little later, as a database would. */
async function answer({ method, url, body, isFrom }: Arrival) {
  await new Promise((resolve) => setImmediate(resolve));
  isFrom?.(OWNER);
  const reading = await body.whole();
  const bytes = reading.ok ? Buffer.from(reading.bytes).toString() : '';
  const surplus = body.surplus === null ? null : Buffer.from(body.surplus).toString();
  taken.push({ method, url, body: bytes, surplus, refused: reading.ok ? null : reading.error.code });
  return { status: reading.ok ? 200 : 400, headers: {}, body: 'said' };
}

let server: Server;
beforeAll(async () => {
  const door = new WebhookDoor({
    prefix: '/in/',
    answers: { answer },
    refusals: { add: (refusal) => counted.push(refusal) },
    held: new HeldBytes({ perSource: 1e8, total: 1e8 }),
    log: { error: (error: unknown) => counted.push(error) } as never,
    hops: 0,
    wholeRequestMs: 5_000,
    graceMs: 100,
  });
  server = createServer({ requireHostHeader: false }, (request, response) => {
    door.arrived(request);
    door.take(request, response);
  });
  server.on('connection', (socket: Socket) => {
    door.opened(socket);
  });
  server.on('clientError', (error: ClientError, socket) => {
    if (!door.failed(error, socket as Socket)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  taken.length = 0;
  counted.length = 0;
});

/** Sends these packets, and resolves with what was answered when the other side has ended it or has answered so often. */
async function say(packets: readonly (string | Buffer)[], answers = 1): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.setNoDelay(true);
  let text = '';
  const done = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.split('HTTP/1.1 ').length > answers) resolve();
    });
    socket.on('error', () => undefined).on('close', resolve);
  });
  for (const packet of packets) {
    await new Promise((resolve) => socket.write(packet, resolve));
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  await done;
  socket.destroy();
  return text;
}

const HEAD = 'POST /in/t/voicenter/cdr HTTP/1.1\r\nHost: x\r\n';
const TOLD = '{"representativename":"שלום","status":"NOANSWER"}';

describe('bytes beyond the announced length', () => {
  const connection = fc.constantFrom('', 'Connection: close\r\n');
  /** Also such as begin like a method, and such as are one. */
  const word = fc.constantFrom('S', 'PO', 'GET', 'M', 'x', '"}', '=', 'ש', '&', 'UN', 'H2', '0');
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(''));

  it('are all kept where the whole comes at once, whether the connection stays open or ends', async () => {
    await fc.assert(
      fc.asyncProperty(connection, text, text, async (header, body, more) => {
        taken.length = 0;
        // No method ends in it, so that it is clear that none begins.
        const surplus = `${more}"}`;
        const length = Buffer.byteLength(body);
        await say([`${HEAD}${header}Content-Length: ${length}\r\n\r\n${body}${surplus}`]);
        expect(taken).toMatchObject([{ body, surplus }]);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['', 'Connection: close\r\n'])(
    'are kept in whatever packets the body comes: %j',
    async (header) => {
      const bytes = Buffer.from(`${HEAD}${header}Content-Length: ${TOLD.length - 4}\r\n\r\n${TOLD}`);
      const end = bytes.length - Buffer.byteLength(TOLD) + TOLD.length - 4;
      for (const cut of [20, end - TOLD.length, end - TOLD.length - 2, end - 8, end - 1]) {
        taken.length = 0;
        await say([bytes.subarray(0, cut), bytes.subarray(cut)]);
        expect([cut, taken.map(({ body, surplus }) => `${body}|${String(surplus)}`)]).toEqual([
          cut,
          [`${bytes.subarray(end - TOLD.length + 4, end).toString()}|${bytes.subarray(end).toString()}`],
        ]);
      }
    },
  );
});

describe('a body that was not announced', () => {
  it.each([
    ['HTTP/1.0', 'POST /in/t/voicenter/cdr HTTP/1.0\r\n\r\n'],
    ['Connection: close', `${HEAD}Connection: close\r\n\r\n`],
    ['a content type', `${HEAD}Content-Type: application/json\r\n\r\n`],
  ])('is kept, in one packet and in several: %s', async (_, head) => {
    for (const packets of [[head + TOLD], [head, TOLD], [head, TOLD.slice(0, 9), TOLD.slice(9)]]) {
      taken.length = 0;
      expect(await say(packets)).toContain(' 200 ');
      expect(taken).toMatchObject([{ body: '', surplus: TOLD }]);
    }
  });

  it('is not waited for where nothing says that there is one', async () => {
    const started = performance.now();
    await say([`${HEAD}\r\n`]);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('a request that follows', () => {
  const next = 'GET /in/other/voicenter/cdr?ivruniqueid=2 HTTP/1.1\r\nHost: x\r\n\r\n';

  it.each(['Content-Length: 2\r\n\r\n{}', 'Content-Type: a/b\r\n\r\n', '\r\n'])(
    'is never taken for surplus: %j',
    async (rest) => {
      for (const packets of [[HEAD + rest + next], [HEAD + rest + next.slice(0, 2), next.slice(2)]]) {
        taken.length = 0;
        await say(packets, 2);
        expect(taken.map(({ url }) => url).sort()).toEqual([
          '/in/other/voicenter/cdr?ivruniqueid=2',
          '/in/t/voicenter/cdr',
        ]);
        expect(taken.map(({ surplus }) => surplus)).toEqual([null, null]);
      }
    },
  );

  it.each([
    ['raw UTF-8', '', next.replace('=2', '=שלום')],
    ['the connection having ended', 'Connection: close\r\n', next],
    ['a method in small letters', '', next.toLowerCase()],
  ])('and is refused is counted for whom its own line names: %s', async (_, header, follower) => {
    await say([`${HEAD}${header}Content-Length: 2\r\n\r\n{}${follower}`]);
    while (taken.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(taken).toMatchObject([
      { url: '/in/t/voicenter/cdr', body: '{}', refused: null },
      { url: expect.stringMatching(/^\/in\/other\//) as unknown, refused: 'ingress.not_http' },
    ]);
  });

  it('and names nobody is counted for whose the connection is', async () => {
    await say([`${HEAD}Content-Length: 2\r\n\r\n{}GET שלום HTTP/1.1\r\n\r\n`]);
    expect(counted).toMatchObject([{ reason: 'not_http', connection: OWNER }]);
  });
});

describe('what is no request line', () => {
  it.each(['get', 'Get', 'post'])('is read where only its method is in small letters: %s', async (method) => {
    expect(await say([`${method} /in/t/voipnow/event?CallID=1 http/1.1\r\nHost: x\r\n\r\n`])).toContain(
      ' 200 ',
    );
    expect(taken).toMatchObject([{ method: method.toUpperCase(), url: '/in/t/voipnow/event?CallID=1' }]);
  });

  it.each(['/in/t/voipnow/event?CallID=1', '"GET /in/t/voipnow/event HTTP/1.1"', 'G=T /in/t/x y z'])(
    'is refused for whom it names: %s',
    async (line) => {
      expect(await say([`${line}\r\nHost: x\r\n\r\n`])).toContain(' 400 ');
      expect(taken).toMatchObject([
        { url: expect.stringMatching(/^\/in\/t\//) as unknown, refused: 'ingress.not_http' },
      ]);
    },
  );

  it('is read with scheme and host and raw UTF-8', async () => {
    expect(await say(['GET http://x.example/in/t/voipnow/event?a=ש HTTP/1.1\r\n\r\n'])).toContain(' 200 ');
    expect(taken).toMatchObject([{ url: '/in/t/voipnow/event?a=%D7%A9' }]);
  });
});
