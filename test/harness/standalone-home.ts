import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Crm } from './crm.js';
import { isAlive } from './is-alive.js';
import { Pbx } from './pbx.js';
import { Product, type ProductProcess } from './product.js';
import { until } from './until.js';

const FIRST_START_WITHIN_MS = 60_000;

/** What the API answers, as far as it is looked at. */
interface Made {
  id: string;
  ingressUrls: { url: string }[];
}

/** An installation of standalone: its data folder, what runs on it, and from `setUp` on a tenant with a PBX and a CRM. */
export class StandaloneHome {
  private ingressPath = '';

  private constructor(
    readonly dataDir: string,
    readonly product: Product,
    readonly crm: Crm,
  ) {}

  /** It makes its own database, queue and keys: nothing of the test's gets through. */
  static async open(env: Record<string, string> = {}): Promise<StandaloneHome> {
    const dataDir = await mkdtemp(join(tmpdir(), 'switchhook-standalone-'));
    // Root lends the server another user, who must get in.
    await chmod(dataDir, 0o755);
    const product = new Product({ DATA_DIR: dataDir, SECRET_KEYS: '', ...env });
    return new StandaloneHome(dataDir, product, await Crm.open());
  }

  async start(more: Record<string, string> = {}): Promise<ProductProcess> {
    return (await this.product.spawn('standalone', more)).ready(FIRST_START_WITHIN_MS);
  }

  /** Of the database's process, as it wrote it down; NaN while there is none. */
  async serverPid(): Promise<number> {
    return Number((await readFile(this.pidFile, 'utf8').catch(() => 'none')).split('\n')[0]);
  }

  get pidFile(): string {
    return join(this.dataDir, 'postgres/postmaster.pid');
  }

  /** The operator's key, which the first start shows. */
  async shownKey(app: ProductProcess): Promise<string> {
    await until('the last line of the start', () => app.stderr.includes('ready at'));
    return /shown this once: (\S+)/.exec(app.stderr)?.[1] ?? '';
  }

  /**
   * A tenant whose PBX is answered by this installation, and whose CRM is told of everything.
   *
   * @param concurrency  of the endpoint; its own default when left out
   */
  async setUp(app: ProductProcess, key: string, concurrency?: number): Promise<void> {
    const make = (path: string, body: object, tenant?: string): Promise<Made> =>
      made(app.url(path), { key, tenant, body });
    const { id: tenant } = await make('/v1/tenants', { name: 'Acme' });
    const connection = await make('/v1/connections', { name: 'PBX', dialect: 'voicenter' }, tenant);
    this.ingressPath = new URL(connection.ingressUrls[0]?.url ?? '').pathname;
    const traits = { name: 'CRM', url: this.crm.url(), eventTypes: ['*'] };
    await make('/v1/endpoints', { ...traits, ...(concurrency !== undefined && { concurrency }) }, tenant);
  }

  /** The tenant's PBX; whoever opens it closes it. @param app  asked for at every try: it may come back somewhere else */
  pbx(app: () => ProductProcess): Pbx {
    return new Pbx(() => app().url(this.ingressPath));
  }

  async close(): Promise<void> {
    await this.product.close();
    await this.crm.stop();
    // Whatever a failed test left running on the data.
    const pid = await this.serverPid();
    if (pid > 1 && isAlive(pid)) process.kill(pid, 'SIGINT');
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

async function made(
  url: string,
  { key, tenant, body }: { key: string; tenant: string | undefined; body: object },
): Promise<Made> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(tenant === undefined ? {} : { 'switchhook-tenant': tenant }),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
  return JSON.parse(text) as Made;
}
