import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { freePort } from '../harness/free-port.js';
import { isAlive } from '../harness/is-alive.js';
import { NpmScript } from '../harness/npm-script.js';
import { SECRET_KEYS } from '../harness/tenant.js';
import { openTestDatabase, type TestDatabase } from '../harness/test-database.js';
import { until } from '../harness/until.js';

const CLEAN = { code: 0, signal: null };

describe('what npm started', () => {
  let folder: string;
  let port: number;
  let npm: NpmScript;
  let started: number[] = [];
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'switchhook-npm-'));
    await chmod(folder, 0o755);
    port = await freePort();
  });
  afterEach(async () => {
    await npm.close(started);
    await rm(folder, { recursive: true, force: true });
  });

  const answers = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ ok }) => ok,
      () => false,
    );
  const env = () => ({ PORT: String(port), HOST: '127.0.0.1', SECRET_KEYS });
  const standalone = () => ({ PORT: String(port), DATA_DIR: folder });

  async function run(
    words: string[],
    settings: Record<string, string>,
    ready: () => boolean | Promise<boolean>,
  ) {
    npm = new NpmScript(words, settings);
    await npm.until(`npm ${words.join(' ')} to be up`, ready);
    started = npm.processes;
    expect(started.length).toBeGreaterThan(1);
  }

  async function nothingIsLeft(): Promise<void> {
    await until('everything to be gone', () => !started.some(isAlive), 20_000);
    expect(await answers('/health/live')).toBe(false);
  }

  it('ends with one TERM to `npm start`, cleanly, with its database', async () => {
    await run(['start'], standalone(), () => answers('/health/ready'));
    // npm, the product, its database, and the database's own.
    expect(started.length).toBeGreaterThan(4);
    npm.signal('SIGTERM');
    expect(await npm.ended()).toEqual(CLEAN);
    expect(npm.output).toContain('"event":"process.stopped"');
    // npm waited for it: whoever starts the next one now finds the port and the data free.
    expect(started.filter(isAlive)).toEqual([]);
    await nothingIsLeft();
  });

  it.each(['ingress', 'api', 'enricher', 'forwarder'])(
    'ends with one TERM to `npm run start:%s`, cleanly',
    async (app) => {
      const settings = { ...env(), DATABASE_URL: database.url };
      await run(['run', `start:${app}`], settings, () => answers('/health/ready'));
      npm.signal('SIGTERM');
      expect(await npm.ended()).toEqual(CLEAN);
      expect(started.filter(isAlive)).toEqual([]);
      await nothingIsLeft();
    },
  );

  it('ends with one TERM to `npm run demo` in the midst of its calls, cleanly', async () => {
    const campaign = /why it is not dialled\n(?:.*\n)*?campaign: \S/;
    const shown = () => / > delivered +\d+ ms/.test(npm.output) && campaign.test(npm.output);
    await run(['run', 'demo'], { PORT: String(port), TMPDIR: folder }, shown);
    npm.signal('SIGTERM');
    expect(await npm.ended()).toEqual(CLEAN);
    expect(npm.output).toMatch(/\d+ calls, \d+ delivered, 0 lost, 0 duplicates/);
    expect(npm.output).toMatch(campaign);
    expect(npm.output).toMatch(/^Asked not to .* given_up /m);
    expect(npm.output).toMatch(/^Far away .* It is outside the calling hours in America\/Los_Angeles\.$/m);
    await nothingIsLeft();
  });

  it('ends with one TERM to `npm run start:simulator`, cleanly', async () => {
    await run(['run', 'start:simulator', '--', 'sink', '--port', String(port)], {}, () =>
      answers('/control/stats'),
    );
    npm.signal('SIGTERM');
    expect(await npm.ended()).toEqual(CLEAN);
    await nothingIsLeft();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends cleanly with one %s to the whole group, which reaches it twice: by itself and by npm',
    async (signal) => {
      await run(['start'], standalone(), () => answers('/health/ready'));
      npm.signalGroup(signal);
      expect((await npm.ended()).signal).toBeNull();
      expect(npm.output).toContain('"event":"process.stopped"');
      await nothingIsLeft();
    },
  );

  it('ends by itself when npm is killed outright', async () => {
    await run(['start'], standalone(), () => answers('/health/ready'));
    npm.signal('SIGKILL');
    await npm.ended();
    await until('the product to stop', () => npm.output.includes('"event":"process.stopped"'), 20_000);
    expect(npm.output).toContain('"reason":"npm is gone"');
    await nothingIsLeft();
  });

  it('is not started any more when the TERM comes while the packages are still installed', async () => {
    await cp(join(projectRoot(), 'package.json'), join(folder, 'package.json'));
    await cp(join(projectRoot(), 'package-lock.json'), join(folder, 'package-lock.json'));
    await cp(join(projectRoot(), 'tools/setup.mjs'), join(folder, 'tools/setup.mjs'));
    const bin = join(folder, 'node_modules/.bin');
    await mkdir(bin, { recursive: true });
    // An installation that takes its time.
    const slow = `#!/bin/sh\necho $$ > '${join(folder, 'installing')}'\nexec sleep 600\n`;
    await writeFile(join(bin, 'npm'), slow, { mode: 0o755 });
    npm = new NpmScript(['start'], {}, folder);
    const pid = async () => Number(await readFile(join(folder, 'installing'), 'utf8').catch(() => '0'));
    await npm.until('the installation to be under way', async () => (await pid()) > 0);
    started = npm.processes;
    expect(started).toContain(await pid());
    npm.signal('SIGTERM');
    expect(await npm.ended()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(npm.output).not.toContain('dist/apps/standalone/main.js');
    await nothingIsLeft();
  });
});
