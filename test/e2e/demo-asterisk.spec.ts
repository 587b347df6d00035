/** The demo with a real Asterisk beside it: its calls are shown while it runs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { testAsterisk } from '../harness/asterisk/test-asterisk.js';
import { freePort } from '../harness/free-port.js';
import { until } from '../harness/until.js';

const STARTED_WITHIN_MS = 90_000;
const SHOWN_WITHIN_MS = 60_000;

const program = await testAsterisk();
const whereItIs = program === undefined ? describe.skip : describe;

whereItIs('the demo with an Asterisk', () => {
  let demo: ChildProcess;
  let said = '';

  beforeAll(async () => {
    demo = spawn(
      process.execPath,
      [
        '--enable-source-maps',
        join(projectRoot(), 'dist/apps/standalone/demo.js'),
        '--asterisk',
        '--no-campaign',
      ],
      {
        env: {
          PATH: process.env['PATH'],
          PORT: String(await freePort()),
          ASTERISK_ROOT: process.env['ASTERISK_ROOT'],
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [demo.stdout, demo.stderr]) {
      stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    }
    await until(
      'the demo to tell of its Asterisk',
      () => said.includes('register a phone'),
      STARTED_WITHIN_MS,
    );
  }, STARTED_WITHIN_MS + 30_000);

  afterAll(async () => {
    const ended = new Promise((resolve) => demo.once('close', resolve));
    demo.kill('SIGTERM');
    await ended;
  }, 60_000);

  it(
    'shows what became of each of its calls, and goes on',
    async () => {
      const lines = () => said.split('\n').filter((line) => line.startsWith('asterisk '));
      await until('six calls', () => lines().length >= 6, SHOWN_WITHIN_MS);
      expect(new Set(lines()).size).toBe(lines().length);
      expect(lines().some((line) => /inbound .* busy/.test(line))).toBe(true);
      expect(lines().some((line) => /outbound .* answered by 102/.test(line))).toBe(true);
      expect(demo.exitCode).toBeNull();
    },
    SHOWN_WITHIN_MS + 10_000,
  );
});
