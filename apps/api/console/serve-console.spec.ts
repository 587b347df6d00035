import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { fastify, type FastifyInstance } from 'fastify';
import { readConsole } from './console-files.js';
import { serveConsole } from './serve-console.js';

describe('the files of the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchhook-console-'));
  const script = join(folder, 'assets', 'page-1.js');
  let server: FastifyInstance;
  let url: string;

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<script nonce="%NONCE%"></script>');
    writeFileSync(script, 'plain');
    writeFileSync(`${script}.br`, brotliCompressSync('packed'));
    const files = readConsole(folder);
    if (files === undefined) throw new Error('There is a page.');
    server = fastify();
    serveConsole(server, files, () => Promise.resolve([]));
    url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/assets/page-1.js`;
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const ask = (accepted: string) => fetch(url, { headers: { 'accept-encoding': accepted } });

  it('are sent as the build packed them, to who takes it so', async () => {
    const [packed, plain] = await Promise.all([ask('br, gzip'), ask('gzip')]);
    expect([packed.headers.get('content-encoding'), await packed.text()]).toEqual(['br', 'packed']);
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, 'plain']);
  });

  it('are gone, and not an error, when another build took their place while the process runs', async () => {
    rmSync(script);
    const answer = await ask('identity');
    expect([answer.status, answer.headers.get('cache-control'), await answer.text()]).toEqual([
      404,
      'no-store',
      '',
    ]);
  });
});
