import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { cdr } from '../builders/cdr.js';
import { isAlive } from '../harness/is-alive.js';
import { jsonMessage } from '../harness/pbx.js';
import type { ProductProcess } from '../harness/product.js';
import { StandaloneHome } from '../harness/standalone-home.js';
import { until } from '../harness/until.js';

const CLEAN = { code: 0, signal: null };

describe('standalone', () => {
  let home: StandaloneHome;

  beforeAll(async () => {
    home = await StandaloneHome.open();
  });
  afterAll(() => home.close());

  /** One call from a webhook to the CRM. */
  async function callComesThrough(app: ProductProcess): Promise<void> {
    const one = cdr();
    const pbx = home.pbx(() => app);
    await pbx.send(String(one['ivruniqueid']), jsonMessage(one));
    await pbx.close();
    await until('the call to be delivered', () => home.crm.deliveredCalls.has(String(one['ivruniqueid'])));
  }

  it('starts on nothing, shows the operator’s key once, takes a call to a CRM, and stops cleanly', async () => {
    const app = await home.start();
    const key = await home.shownKey(app);
    expect(key).toMatch(/^\S{30,}$/);
    await home.setUp(app, key);
    await callComesThrough(app);
    const database = await home.serverPid();
    expect(await app.stop()).toEqual(CLEAN);
    expect(isAlive(database)).toBe(false);
  });

  it('starts again on the same data, and does not show the key', async () => {
    const app = await home.start();
    expect(app.stderr).not.toContain('shown this once');
    await callComesThrough(app);
    expect(await app.stop()).toEqual(CLEAN);
  });

  it('says in one sentence that its port is taken, and leaves no server behind', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await until('the squatter to listen', () => squatter.listening);
    const { port } = squatter.address() as AddressInfo;
    const app = await home.product.spawn('standalone', { PORT: String(port) });
    expect(await app.ended()).toEqual({ code: 1, signal: null });
    squatter.close();
    const lines = app.stderr.trim().split('\n');
    expect(lines.at(-1)).toBe(
      `switchhook standalone: Port ${port} is taken by another program: stop that program, or set PORT to another one.`,
    );
    expect(app.stderr).not.toContain('    at ');
    await expect(readFile(home.pidFile)).rejects.toThrow('ENOENT');
  });

  it('leaves its PostgreSQL behind when it is killed, and the next start stops that one and goes on', async () => {
    const killed = await home.start();
    await callComesThrough(killed);
    const stale = await home.serverPid();
    await killed.kill();
    expect(isAlive(stale)).toBe(true);
    const next = await home.start();
    expect(next.stderr).toContain(`stopped the PostgreSQL (pid ${stale})`);
    expect(isAlive(stale)).toBe(false);
    await callComesThrough(next);

    const second = await home.product.spawn('standalone');
    expect(await second.ended()).toEqual({ code: 1, signal: null });
    expect(second.stderr).toContain('Another Switchhook');
    expect(second.stderr).not.toContain('    at ');
    await callComesThrough(next);
    expect(await next.stop()).toEqual(CLEAN);
  });

  it('is asked to stop while it still starts, and leaves nothing running', async () => {
    const app = await home.product.spawn('standalone');
    const database = await until('its database to run', async () => (await home.serverPid()) || undefined);
    app.signal('SIGTERM');
    expect(await app.ended()).toEqual(CLEAN);
    expect(isAlive(database)).toBe(false);
    const next = await home.start();
    await callComesThrough(next);
    expect(await next.stop()).toEqual(CLEAN);
  });

  it('ends cleanly when its terminal is closed', async () => {
    const app = await home.start();
    const database = await home.serverPid();
    app.signal('SIGHUP');
    expect(await app.ended()).toEqual(CLEAN);
    expect(isAlive(database)).toBe(false);
  });
});
