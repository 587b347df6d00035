import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdr } from '../builders/cdr.js';
import { Crm } from '../harness/crm.js';
import { Pbx, jsonMessage } from '../harness/pbx.js';
import { Product, type ProductProcess } from '../harness/product.js';
import { until } from '../harness/until.js';

const FIRST_START_WITHIN_MS = 60_000;
const CLEAN = { code: 0, signal: null };

/** What the API answers, as far as it is looked at. */
interface Made {
  id: string;
  ingressUrls: { url: string }[];
}

describe('standalone', () => {
  let dataDir: string;
  let product: Product;
  let crm: Crm;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'switchhook-standalone-'));
    // Root lends the server another user, who must get in.
    await chmod(dataDir, 0o755);
    // It makes its own database, queue and keys: nothing of the test's gets through.
    product = new Product({ DATA_DIR: dataDir, SECRET_KEYS: '' });
    crm = await Crm.open();
  });
  afterAll(async () => {
    await product.close();
    await crm.stop();
    // Whatever a failed test left running on the data.
    const pid = Number((await readFile(pidFile(), 'utf8').catch(() => '')).split('\n')[0]);
    if (pid > 1) stopQuietly(pid);
    await rm(dataDir, { recursive: true, force: true });
  });

  const pidFile = () => join(dataDir, 'postgres/postmaster.pid');
  const serverPid = async () => Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);
  let key: string;
  let ingressPath: string;

  async function made(app: ProductProcess, path: string, body: object, tenant?: string): Promise<Made> {
    const answer = await fetch(app.url(path), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(tenant === undefined ? {} : { 'switchhook-tenant': tenant }),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Made;
  }

  /** One call from a webhook to the CRM. */
  async function callComesThrough(app: ProductProcess): Promise<void> {
    const one = cdr();
    const pbx = new Pbx(() => app.url(ingressPath));
    await pbx.send(String(one['ivruniqueid']), jsonMessage(one));
    await pbx.close();
    await until('the call to be delivered', () => crm.deliveredCalls.has(String(one['ivruniqueid'])));
  }

  it('starts on nothing, shows the operator’s key once, takes a call to a CRM, and stops cleanly', async () => {
    const app = await (await product.spawn('standalone')).ready(FIRST_START_WITHIN_MS);
    await until('the last line of the start', () => app.stderr.includes('ready at'));
    key = /shown this once: (\S+)/.exec(app.stderr)?.[1] ?? '';
    expect(key).toMatch(/^\S{30,}$/);
    const { id: tenant } = await made(app, '/v1/tenants', { name: 'Acme' });
    const connection = await made(app, '/v1/connections', { name: 'PBX', dialect: 'voicenter' }, tenant);
    ingressPath = new URL(connection.ingressUrls[0]?.url ?? '').pathname;
    await made(app, '/v1/endpoints', { name: 'CRM', url: crm.url(), eventTypes: ['*'] }, tenant);
    await callComesThrough(app);
    const database = await serverPid();
    expect(await app.stop()).toEqual(CLEAN);
    expect(isAlive(database)).toBe(false);
  });

  it('starts again on the same data, and does not show the key', async () => {
    const app = await product.start('standalone');
    expect(app.stderr).not.toContain('shown this once');
    await callComesThrough(app);
    expect(await app.stop()).toEqual(CLEAN);
  });

  it('says in one sentence that its port is taken, and leaves no server behind', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await until('the squatter to listen', () => squatter.listening);
    const { port } = squatter.address() as AddressInfo;
    const app = await product.spawn('standalone', { PORT: String(port) });
    expect(await app.ended()).toEqual({ code: 1, signal: null });
    squatter.close();
    const lines = app.stderr.trim().split('\n');
    expect(lines.at(-1)).toBe(
      `switchhook standalone: Port ${port} is taken by another program: stop that program, or set PORT to another one.`,
    );
    expect(app.stderr).not.toContain('    at ');
    await expect(readFile(pidFile())).rejects.toThrow('ENOENT');
  });

  it('leaves its PostgreSQL behind when it is killed, and the next start stops that one and goes on', async () => {
    const killed = await product.start('standalone');
    await callComesThrough(killed);
    const stale = await serverPid();
    await killed.kill();
    expect(isAlive(stale)).toBe(true);
    const next = await product.start('standalone');
    expect(next.stderr).toContain(`stopped the PostgreSQL (pid ${stale})`);
    expect(isAlive(stale)).toBe(false);
    await callComesThrough(next);

    const second = await product.spawn('standalone');
    expect(await second.ended()).toEqual({ code: 1, signal: null });
    expect(second.stderr).toContain('Another Switchhook');
    expect(second.stderr).not.toContain('    at ');
    await callComesThrough(next);
    expect(await next.stop()).toEqual(CLEAN);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function stopQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It is gone already.
  }
}
