/** The lines of Asterisk's guide, copied as they are into a real one: it dials what they say. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { dialectNamed } from '#dialects';
import { newToken } from '#platform';
import { freeUdpPort, startAsterisk, type RunningAsterisk } from '../../apps/simulator/index.js';
import { testAsterisk } from '../harness/asterisk/test-asterisk.js';
import { until } from '../harness/until.js';

const STARTED_WITHIN_MS = 60_000;
const NOWHERE = 'ws://127.0.0.1:9/in/nobody/asterisk/ari';

const program = await testAsterisk();
const whereItIs = program === undefined ? describe.skip : describe;

whereItIs('an Asterisk with the lines of the guide', () => {
  let asterisk: RunningAsterisk;
  let server: Server;
  const dialled: { url: string; offered: string }[] = [];

  beforeAll(async () => {
    if (program === undefined) return;
    server = createServer().on('upgrade', ({ url = '', headers }, socket) => {
      dialled.push({ url, offered: headers['sec-websocket-protocol'] ?? '' });
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const folder = await mkdtemp(join(tmpdir(), 'switchhook-guide-'));
    const plan = {
      ...{ sipPort: await freeUdpPort(), rtpPort: 29_000, extensions: [] },
      ...{ uri: NOWHERE, user: 'switchhook', password: newToken('ari') },
    };
    asterisk = await startAsterisk(program, plan, folder);
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    await asterisk.stop();
    server.close();
  }, STARTED_WITHIN_MS);

  it(
    'dials the URL of the connection, without TLS where it has none, and offers ARI',
    async () => {
      const { port } = server.address() as AddressInfo;
      const texts = new Map<string, string>();
      for (const { name, text } of dialectNamed('asterisk')?.guide.withoutTls?.files ?? []) {
        const file = basename(name.split(' ', 1)[0] ?? '');
        const filled = text
          .replaceAll('{url}', `ws://127.0.0.1:${String(port)}/in/in_token/asterisk/ari`)
          .replaceAll('{password}', newToken('pbx'));
        texts.set(file, `${texts.get(file) ?? ''}${filled}\n`);
      }
      for (const [file, text] of texts) await writeFile(join(asterisk.folder, 'etc', file), text);
      for (const name of ['res_websocket_client', 'res_ari']) await asterisk.say(`module reload ${name}.so`);
      await until('it to dial', () => dialled.some(({ url }) => url.endsWith('/ari')), STARTED_WITHIN_MS);
      expect(dialled).toContainEqual({ url: '/in/in_token/asterisk/ari', offered: 'ari' });
      expect(await asterisk.say('ari show outbound-websockets')).toMatch(/switchhook_events .* switchhook /);
    },
    STARTED_WITHIN_MS,
  );
});
