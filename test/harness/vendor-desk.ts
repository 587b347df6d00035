import type { AgentId, ConnectionId, TenantId } from '#domain';
import { DbModule, TenantScopeModule } from '#db';
import { newId, readEnv, startProcess, type Log, type RunningProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ApiModule, prepareApi } from '../../apps/api/api.module.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { ApiServer, type Vendor } from '../../apps/simulator/index.js';
import { openApi, type TestApi, type TestTenant } from './api.js';
import { EnricherRig } from './enricher-rig.js';
import { SECRET_KEYS, makeConnection, type TestConnection } from './tenant.js';
import { until } from './until.js';

/** The settings of each vendor's account that hold URLs. */
const URLS: Readonly<Record<Vendor, readonly string[]>> = {
  voicenter: ['api_url', 'history_url', 'monitor_url', 'login_url'],
  voipnow: ['url'],
  globalex: ['url', 'history_url'],
  // It opens a socket to us, and has no address.
  asterisk: [],
};
const EGRESS = { EGRESS_ALLOW: '127.0.0.0/8', API_RATE_PER_MINUTE: '100000' };

export interface OfficeTraits {
  /** How much faster than life its calls go. */
  speed?: number;
  /** Milliseconds of the PBX's clock. */
  now?: () => number;
  /** Whether webhooks tell of its calls. */
  tells?: boolean;
  account?: { perSecond?: number; atOnce?: number; enabled?: boolean };
  tenant?: TestTenant;
}

/** A tenant's PBX that can be commanded, with two agents at two of its phones. */
export interface VendorOffice {
  tenant: TestTenant;
  connection: TestConnection;
  vendor: Vendor;
  pbx: ApiServer;
  /** The PBX's words for the phones, and their short numbers where those are others. */
  phones: [string, string];
  short: [string, string];
  agents: [AgentId, AgentId];
}

/** The api, which serves vendors' request APIs, beside an ingress that takes in what simulated PBXs tell of their calls. */
export class VendorDesk {
  private readonly pbxs: ApiServer[] = [];
  private readonly others: RunningProcess[] = [];
  readonly enricher: EnricherRig;

  private constructor(
    readonly api: TestApi,
    private readonly ingress: RunningProcess,
  ) {
    this.enricher = new EnricherRig(api.world);
  }

  static async open(log?: Log, settings: Record<string, string> = {}): Promise<VendorDesk> {
    const api = await openApi({ ...EGRESS, ...settings }, [], log);
    const env = readEnv({ HOST: '127.0.0.1', PORT: '0', SECRET_KEYS });
    const { url } = api.world;
    const imports = [DbModule.with(url), QueuesModule.with(url), IngressModule];
    const ingress = await startProcess('ingress', env, { imports, raw: ingressRoutes }, api.world.log);
    return new VendorDesk(api, ingress);
  }

  /** Another api on the same database, at its URL. */
  async another(): Promise<string> {
    const { url, log } = this.api.world;
    const env = readEnv({
      ...{
        HOST: '127.0.0.1',
        PORT: '0',
        SECRET_KEYS,
        PUBLIC_URL: 'https://hook.example',
        DATABASE_POOL: '4',
      },
      ...EGRESS,
    });
    const imports = [DbModule.with(url), TenantScopeModule.with(url), QueuesModule.with(url), ApiModule];
    const running = await startProcess('api', env, { imports, prepare: prepareApi }, log);
    this.others.push(running);
    return running.url.replace('localhost', '127.0.0.1');
  }

  ingressUrl(path: string): string {
    return this.ingress.url.replace('localhost', '127.0.0.1') + path;
  }

  async office(vendor: Vendor, traits: OfficeTraits = {}): Promise<VendorOffice> {
    const { speed = 1, now = () => Date.now(), tells = true, account = {} } = traits;
    const { sql } = this.api;
    const tenant = traits.tenant ?? (await this.api.tenant());
    const settings = { holdOffSeconds: 1 };
    const connection = await makeConnection(sql, tenant.id, { dialect: vendor, settings });
    const ingressUrl = this.ingressUrl(connection.basePath);
    const pbx = new ApiServer({ vendor, now, speed, ingressUrl, tells });
    this.pbxs.push(pbx);
    await giveAccount(tenant, connection.id, pbx, { url: await pbx.listen(), vendor, account });
    const [one, two] = pbx.desk.office.agents;
    if (!one || !two) throw new Error('nobody works there');
    const word = {
      voicenter: 'sip',
      voipnow: 'extension',
      globalex: 'extension',
      asterisk: 'extension',
    } as const;
    const before = vendor === 'voipnow' ? '0003*' : '';
    const phones: [string, string] = [before + one[word[vendor]], before + two[word[vendor]]];
    const short: [string, string] = [one.extension, two.extension];
    const agents: [AgentId, AgentId] = [
      await this.agent(connection, { name: 'Dana', code: one.code }, { number: phones[0], short: short[0] }),
      await this.agent(connection, { name: 'Omer', code: two.code }, { number: phones[1], short: short[1] }),
    ];
    return { tenant, connection, vendor, pbx, phones, short, agents };
  }

  private async agent(
    { id: connectionId, tenantId }: { id: ConnectionId; tenantId: TenantId },
    { name, code }: { name: string; code: string },
    { number, short }: { number: string; short: string },
  ): Promise<AgentId> {
    const { sql } = this.api;
    const agentId = newId<AgentId>();
    await sql.rows(
      `INSERT INTO agent (id, tenant_id, name, code, created_at, updated_at) VALUES ($1, $2, $3, $4, now(), now())`,
      [agentId, tenantId, name, code],
    );
    await sql.rows(
      `INSERT INTO extension (id, tenant_id, connection_id, number, aliases, agent_id, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, now(), now())`,
      [newId(), tenantId, connectionId, number, number === short ? [] : [short], agentId],
    );
    return agentId;
  }

  /** A new credential of a vendor's API for the office's connection, and what is secret of it. */
  async credential(
    { tenant, connection }: Pick<VendorOffice, 'tenant' | 'connection'>,
    facade: Vendor,
    more: object = {},
  ): Promise<Record<string, string>> {
    const rights = ['call', 'read', 'agents', 'lists'];
    const draft = { connectionId: connection.id, name: 'CRM', facade, rights, ...more };
    const { status, body, text } = await tenant.client.post('/v1/api-credentials', draft);
    if (status !== 201) throw new Error(`Making a credential was answered ${String(status)}: ${text}`);
    return body['secret'] as Record<string, string>;
  }

  /** Waits until so many webhooks of the connection were taken in, and reads them all. */
  async heard(connection: TestConnection, atLeast = 1): Promise<void> {
    await until('webhooks', async () => (await this.enricher.receipts(connection)).length >= atLeast);
    await this.enricher.drain(connection);
  }

  async close(): Promise<void> {
    await Promise.all(this.pbxs.map((pbx) => pbx.close()));
    await Promise.all(this.others.map((one) => one.close()));
    await this.ingress.close();
    await this.api.close();
  }
}

async function giveAccount(
  { client }: TestTenant,
  connectionId: ConnectionId,
  pbx: ApiServer,
  { url, vendor, account }: { url: string; vendor: Vendor; account: object },
): Promise<void> {
  const urls = Object.fromEntries(URLS[vendor].map((name) => [name, url]));
  const { settings, secrets } = pbx.account;
  const { status, text } = await client.put(`/v1/connections/${connectionId}/pbx-account`, {
    ...{ settings: { ...settings, ...urls }, secrets, perSecond: 100, atOnce: 100 },
    ...account,
  });
  if (status !== 200) throw new Error(`The account was answered ${String(status)}: ${text}`);
}
