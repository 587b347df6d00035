import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { projectRoot } from '#platform';

/** Everything that some program or other takes a proxy from. */
const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'GLOBAL_AGENT_HTTP_PROXY', 'npm_config_proxy'];

/** Asks the same URL in three ways: as undici does that obeys the environment, and by both of ours. */
const SCRIPT = `
  import { EnvHttpProxyAgent, request } from 'undici';
  import { HttpSender, HttpStreamer, targetPolicy } from './dist/libs/platform/src/index.js';
  const [url, secureUrl] = process.argv.slice(1);
  const policy = targetPolicy(['127.0.0.0/8']);
  const told = {};
  const dispatcher = new EnvHttpProxyAgent();
  told.obedient = await request(url, { dispatcher }).then(() => 'answered', () => 'refused');
  await dispatcher.destroy();
  const sender = new HttpSender({ policy });
  const send = (to) => sender.send({ method: 'GET', url: to, headers: {}, timeoutMs: 5000 });
  told.sender = (await send(url)).exchange.body;
  told.secure = (await send(secureUrl)).exchange.kind;
  sender.close();
  const streamer = new HttpStreamer({ policy });
  const { body } = await streamer.get({ url, headers: {} });
  told.streamer = (await body.toArray()).join('');
  streamer.close();
  process.stdout.write(JSON.stringify(told));
`;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listening(answer: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

it('no proxy of the environment is used for what tenants choose', async () => {
  const proxied: string[] = [];
  const proxy = await listening(({ url = '' }, response) => {
    proxied.push(url);
    response.writeHead(403).end();
  });
  proxy.server.on('connect', ({ url = '' }: { url?: string }, socket: { end: (bytes: string) => void }) => {
    proxied.push(`CONNECT ${url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
  });
  const direct = await listening((_request, response) => response.end('direct'));
  // Speaks no TLS: that it is asked at all is what counts.
  const secure = await listening((_request, response) => response.end());
  let secureConnections = 0;
  secure.server.on('connection', () => (secureConnections += 1));

  const set = NAMES.flatMap((name) => [name, name.toLowerCase()]);
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      SCRIPT,
      `http://127.0.0.1:${direct.port}/`,
      `https://127.0.0.1:${secure.port}/`,
    ],
    {
      cwd: projectRoot(),
      env: {
        ...process.env,
        NO_PROXY: '',
        no_proxy: '',
        NODE_USE_ENV_PROXY: '1',
        ...Object.fromEntries(set.map((name) => [name, `http://127.0.0.1:${proxy.port}`])),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const told = JSON.parse(await text(child.stdout)) as Record<string, string>;
  expect(told).toEqual({ obedient: 'refused', sender: 'direct', secure: 'failed', streamer: 'direct' });
  expect(secureConnections).toBeGreaterThan(0);
  // The one that obeys, which shows that there was something to disobey.
  expect(proxied).toEqual([expect.stringContaining(`127.0.0.1:${direct.port}`)]);
}, 30_000);
