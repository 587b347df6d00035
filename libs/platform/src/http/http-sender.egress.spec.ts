/** Where a request really goes, whatever a name server or a server says (design: delivery, "SSRF guard"). */
import fc from 'fast-check';
import { answered, crm, exchanged, local, post, scripted, senderWith, until } from './http-sender.fixture.js';
import { HttpStreamer } from './http-streamer.js';
import { targetPolicy } from './target-policy.js';

const METADATA = 'http://169.254.169.254/latest/meta-data';

describe('a redirect', () => {
  it.each([300, 301, 302, 303, 304, 305, 306, 307, 308, 399])(
    'with status %s is an answer, and nobody goes there',
    async (status) => {
      const paths: string[] = [];
      const inside = await crm((request, response) => {
        paths.push(`inside ${request.url ?? ''}`);
        response.end();
      });
      for (const location of [METADATA, `http://127.0.0.1:${inside}/`, '/elsewhere', '//crm.test/']) {
        paths.length = 0;
        const port = await crm((request, response) => {
          paths.push(request.url ?? '');
          response.writeHead(status, { location, refresh: `0; url=${location}` }).end();
        });
        const resolve = scripted(['127.0.0.1']);
        const sent = answered(await senderWith({ resolve }).send(post(local(port), { mayRepeat: true })));
        expect([sent.status, sent.headers['location']]).toEqual([status, location]);
        const streamer = new HttpStreamer({ policy: targetPolicy(['127.0.0.0/8']), resolve });
        const opened = await streamer.get({ url: local(port), headers: {} });
        expect(opened).toMatchObject({ kind: 'answered', status });
        streamer.close();
        expect([paths, resolve.asked]).toEqual([['/hook', '/hook'], []]);
      }
    },
  );
});

describe('an answer of a name server', () => {
  const PUBLIC = ['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111'];
  const FORBIDDEN = [
    '10.0.0.1',
    '127.0.0.2',
    '169.254.169.254',
    '::1',
    'fd00::1',
    '::ffff:192.168.0.1',
    '0.0.0.0',
  ];

  it('with one forbidden address among public ones is refused as a whole, in any order', async () => {
    const mixed = fc
      .tuple(fc.subarray(PUBLIC), fc.subarray(FORBIDDEN, { minLength: 1 }))
      .chain(([some, others]) =>
        fc.shuffledSubarray([...some, ...others], { minLength: some.length + others.length }),
      );
    await fc.assert(
      fc.asyncProperty(mixed, async (addresses) => {
        const sender = senderWith({ policy: targetPolicy([]), resolve: scripted(addresses) });
        const { exchange, resolvedIp } = exchanged(await sender.send(post('http://crm.test:8080/')));
        expect(exchange).toMatchObject({ kind: 'failed', cause: 'blocked' });
        expect(resolvedIp).toBeNull();
        sender.close();
      }),
    );
  });

  it('is asked for once a connection: a burst that shares one answer shares its verdict', async () => {
    let requests = 0;
    const port = await crm((_request, response) => {
      requests += 1;
      response.end();
    });
    const resolve = scripted(['127.0.0.1', '10.0.0.1'], ['127.0.0.1']);
    const sender = senderWith({ resolve });
    const url = `http://crm.test:${port}/`;
    const burst = await Promise.all(Array.from({ length: 5 }, () => sender.send(post(url))));
    expect(burst.map((sent) => exchanged(sent).exchange)).toEqual(
      Array(5).fill(expect.objectContaining({ cause: 'blocked' })),
    );
    expect([requests, resolve.asked]).toEqual([0, ['crm.test']]);
    expect(answered(await sender.send(post(url))).status).toBe(200);
  });

  it('that changes is obeyed by no request that was vetted, and vetted for each that is not', async () => {
    const port = await crm((_request, response) => {
      response.writeHead(200, { connection: 'close' }).end();
    });
    const answers = fc.array(fc.constantFrom('127.0.0.1', '10.9.9.9', '169.254.169.254'), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(answers, async (script) => {
        const resolve = scripted(...script.map((address) => [address]));
        const sender = senderWith({ resolve });
        for (const address of script) {
          const { exchange, resolvedIp } = exchanged(await sender.send(post(`http://crm.test:${port}/`)));
          const reached = exchange.kind === 'answered' ? resolvedIp : exchange.cause;
          expect(reached).toBe(address === '127.0.0.1' ? address : 'blocked');
          await until(() => sender.idleConnections === 0);
        }
        expect(resolve.asked).toHaveLength(script.length);
        sender.close();
      }),
      { numRuns: 40 },
    );
  });
});

describe('EGRESS_ALLOW', () => {
  it('opens what it names and nothing beside it', async () => {
    const port = await crm((_request, response) => response.end());
    const url = `http://crm.test:${port}/`;
    const reach = async (allow: string[], address: string) => {
      const sender = senderWith({ policy: targetPolicy(allow), resolve: scripted([address]) });
      const { exchange } = exchanged(await sender.send(post(url)));
      return exchange.kind === 'answered' ? 'reached' : exchange.cause;
    };
    expect(await reach([], '127.0.0.1')).toBe('blocked');
    expect(await reach(['127.0.0.0/8'], '127.0.0.1')).toBe('reached');
    expect(await reach(['127.0.0.1/32'], '127.0.0.1')).toBe('reached');
    expect(await reach(['127.0.0.2/32', '10.0.0.0/8', 'fd00::/8'], '127.0.0.1')).toBe('blocked');
  });

  it('opens no port', async () => {
    const sender = senderWith({ policy: targetPolicy(['127.0.0.0/8']) });
    for (const port of [22, 25, 389, 1_023]) {
      expect(exchanged(await sender.send(post(local(port)))).exchange).toMatchObject({ cause: 'blocked' });
    }
  });
});
