import { networkInterfaces } from 'node:os';
import { freePort } from '../harness/free-port.js';
import type { ProductProcess } from '../harness/product.js';
import { StandaloneHome } from '../harness/standalone-home.js';
import { withAddress } from '../harness/with-address.js';

const CLEAN = { code: 0, signal: null };
const GIVEN_KEY = 'sk_op_given-by-the-operator-0123456789';

/** An address of this machine that others could reach it by. */
const outside = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

describe('what standalone shows to others', () => {
  let home: StandaloneHome;

  beforeAll(async () => {
    home = await StandaloneHome.open({ HOST: '', ADMIN_KEY: GIVEN_KEY });
  });
  afterAll(() => home.close());

  const status = async (url: string, headers: Record<string, string> = {}): Promise<number> =>
    (await fetch(url, { headers })).status;
  const from = (app: ProductProcess, host: string, path: string) => `http://${host}:${app.port}${path}`;

  it('never shows a key that it was given, and takes it', async () => {
    const app = await home.start();
    expect(await home.shownKey(app)).toBe('');
    expect(app.stderr + app.stdout).not.toContain(GIVEN_KEY);
    await home.setUp(app, GIVEN_KEY);
    expect(await app.stop()).toEqual(CLEAN);
    expect(app.stderr + app.stdout).not.toContain(GIVEN_KEY);
  });

  withAddress(outside)('is reached by this machine alone unless told otherwise, and says so', async () => {
    const app = await home.start();
    await home.shownKey(app);
    expect(app.stderr).toContain('only this machine reaches it; HOST=0.0.0.0 opens it to others');
    expect(await status(app.url('/health/live'))).toBe(200);
    await expect(fetch(from(app, outside ?? '', '/health/live'))).rejects.toThrow('fetch failed');
    await app.stop();
  });

  withAddress(outside)('keeps its metrics from others also when it is opened to them', async () => {
    const app = await home.start({ HOST: '0.0.0.0' });
    await home.shownKey(app);
    expect(app.stderr).not.toContain('only this machine');
    expect(await status(from(app, outside ?? '', '/health/live'))).toBe(200);
    expect(await status(from(app, outside ?? '', '/metrics'))).toBe(404);
    expect(await status(app.url('/metrics'))).toBe(200);
    await app.stop();
  });

  it('takes what a proxy on this machine passes on for a request of somebody else’s', async () => {
    const app = await home.start();
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
      expect(await status(app.url('/metrics'), { [header]: '203.0.113.9' })).toBe(404);
    }
    expect(await status(app.url('/metrics'))).toBe(200);
    await app.stop();
  });

  it('serves metrics at a port of their own, there and nowhere else', async () => {
    const metricsPort = await freePort();
    const app = await home.start({ HOST: '0.0.0.0', METRICS_PORT: String(metricsPort) });
    const metrics = (path: string) => `http://127.0.0.1:${metricsPort}${path}`;
    const answer = await fetch(metrics('/metrics'));
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain('switchhook_receipts_total');
    expect(await status(metrics('/v1/tenants'))).toBe(404);
    expect((await fetch(metrics('/metrics'), { method: 'POST' })).status).toBe(405);
    expect(await status(app.url('/metrics'))).toBe(404);
    if (outside !== undefined) {
      await expect(fetch(`http://${outside}:${metricsPort}/metrics`)).rejects.toThrow('fetch failed');
    }
    expect(await app.stop()).toEqual(CLEAN);
    await expect(fetch(metrics('/metrics'))).rejects.toThrow('fetch failed');
  });

  it('says in one sentence that the port for metrics is taken', async () => {
    const app = await home.start();
    const second = await home.product.spawn('standalone', {
      DATA_DIR: `${home.dataDir}/other`,
      METRICS_PORT: String(app.port),
    });
    expect(await second.ended()).toEqual({ code: 1, signal: null });
    expect(second.stderr.trim().split('\n').at(-1)).toBe(
      `switchhook standalone: Port ${app.port} is taken by another program: stop that program, or set METRICS_PORT to another one.`,
    );
    await app.stop();
  });
});
