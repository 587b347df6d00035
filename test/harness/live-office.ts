import type { AgentId, ContactId, TenantId } from '#domain';
import { DbModule, TenantScopeModule } from '#db';
import { hashToken, newId, newToken, readEnv, startProcess, type RunningProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ApiModule, prepareApi } from '../../apps/api/api.module.js';
import { EnricherModule } from '../../apps/enricher/enricher.module.js';
import { ForwarderModule } from '../../apps/forwarder/forwarder.module.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { PopupModule } from '../../apps/popup/popup.module.js';
import { cdr } from '../builders/cdr.js';
import { makeContact } from '../builders/contact.js';
import type { Backend, QueueHome } from './backends.js';
import { LiveClient } from './live-client.js';
import { SECRET_KEYS, makeConnection, makeTenant, type TestConnection } from './tenant.js';
import { openWorld, type World } from './world.js';

/** Whoever is called in these tests. */
export const CALLER = '0502345678';
export const CALLER_E164 = '+972502345678';

export interface Office {
  tenantId: TenantId;
  connection: TestConnection;
  /** A key that may read. */
  key: string;
  /** Agents at the extensions 101 and 102. */
  dana: AgentId;
  omer: AgentId;
  contactId: ContactId;
}

interface OfficeParts {
  world: World;
  queues: QueueHome;
  ingress: RunningProcess;
  enricher: RunningProcess;
  apis: RunningProcess[];
  api: () => Promise<RunningProcess>;
}

/** The way of a call to the screens: ingress, an enricher and two api processes' worth of servers, on one of the queues. */
export class LiveOffice {
  readonly world: World;
  private readonly parts: OfficeParts;

  private constructor(parts: OfficeParts) {
    this.parts = parts;
    this.world = parts.world;
  }

  static async open(backend: Backend, settings: Record<string, string> = {}): Promise<LiveOffice> {
    const world = await openWorld();
    const queues = await backend.home(world.url);
    const env = readEnv({
      HOST: '127.0.0.1',
      PORT: '0',
      SECRET_KEYS,
      DATABASE_POOL: '4',
      ...queues.env,
      ...settings,
    });
    const shared = () => [DbModule.with(world.url), QueuesModule.with(world.url)];
    const api = () =>
      startProcess(
        'api',
        env,
        { imports: [...shared(), TenantScopeModule.with(world.url), ApiModule], prepare: prepareApi },
        world.log,
      );
    const ingress = await startProcess(
      'ingress',
      env,
      { imports: [...shared(), IngressModule], raw: ingressRoutes },
      world.log,
    );
    const enricher = await startProcess(
      'enricher',
      env,
      { imports: [...shared(), EnricherModule] },
      world.log,
    );
    return new LiveOffice({ world, queues, ingress, enricher, apis: [await api(), await api()], api });
  }

  url(which = 0): string {
    return (this.parts.apis[which]?.url ?? '').replace('localhost', '127.0.0.1');
  }

  /** An api process's own parts. */
  app(which = 0): RunningProcess['app'] {
    const { app } = this.parts.apis[which] as RunningProcess;
    return app;
  }

  /** Ends an api process, and starts another one in its place, at another port. */
  async restartApi(which: number): Promise<void> {
    await this.parts.apis[which]?.close();
    this.parts.apis[which] = await this.parts.api();
  }

  async key(tenantId: TenantId | null, scopes = ['read']): Promise<string> {
    const key = newToken('sk');
    await this.world.sql.rows(
      `INSERT INTO api_key (id, tenant_id, name, hash, prefix, scopes, created_at) VALUES ($1, $2, 'test', $3, $4, $5, now())`,
      [newId(), tenantId, hashToken(key), key.slice(0, 9), scopes],
    );
    return key;
  }

  async office(): Promise<Office> {
    const { sql } = this.world;
    const tenantId = await makeTenant(sql);
    const settings = {
      contactUrl: 'https://crm.example/{contactId}',
      newContactUrl: 'https://crm.example/new?tel={e164}',
    };
    const connection = await makeConnection(sql, tenantId, { settings });
    const agent = async (name: string, number: string): Promise<AgentId> => {
      const agentId = newId<AgentId>();
      await sql.rows(
        `INSERT INTO agent (id, tenant_id, name, created_at, updated_at) VALUES ($1, $2, $3, now(), now())`,
        [agentId, tenantId, name],
      );
      await sql.rows(
        `INSERT INTO extension (id, tenant_id, connection_id, number, aliases, agent_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, '{}', $5, now(), now())`,
        [newId(), tenantId, connection.id, number, agentId],
      );
      return agentId;
    };
    const [dana, omer] = [await agent('Dana', '101'), await agent('Omer', '102')];
    const contactId = await makeContact(sql, tenantId, {
      name: 'Jane Roe',
      company: 'Roe Ltd',
      phones: [CALLER_E164],
    });
    return { tenantId, connection, key: await this.key(tenantId), dana, omer, contactId };
  }

  /** A webhook of the PBX about a call: a popup, as Voicenter sends them. */
  popup(office: Office, fields: Record<string, unknown>): Promise<void> {
    return this.send(`${office.connection.basePath}/popup`, {
      phone: CALLER_E164.slice(1),
      ivrid: 'v-1',
      ...fields,
    });
  }

  /** The webhook that tells of the whole call when it is over. */
  cdr(office: Office, fields: Record<string, unknown>): Promise<void> {
    return this.send(office.connection.path, cdr({ ivruniqueid: 'v-1', caller: CALLER, ...fields }));
  }

  private async send(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.parts.ingress.url.replace('localhost', '127.0.0.1')}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status !== 200) throw new Error(`ingress answered ${String(response.status)}`);
  }

  /** A popup worker beside the others, which asks sources of contacts. The caller closes it. */
  popupWorker(settings: Record<string, string> = {}): Promise<RunningProcess> {
    const { world, queues } = this.parts;
    const own = { HOST: '127.0.0.1', PORT: '0', SECRET_KEYS, ...queues.env, ...settings };
    const imports = [DbModule.with(world.url), QueuesModule.with(world.url), PopupModule];
    return startProcess('popup', readEnv(own), { imports }, world.log);
  }

  /** A forwarder beside the others. The caller closes it. */
  forwarder(settings: Record<string, string> = {}): Promise<RunningProcess> {
    const { world, queues } = this.parts;
    const own = { HOST: '127.0.0.1', PORT: '0', SECRET_KEYS, ...queues.env, ...settings };
    const imports = [DbModule.with(world.url), QueuesModule.with(world.url), ForwarderModule];
    return startProcess('forwarder', readEnv(own), { imports }, world.log);
  }

  connect(auth: Record<string, unknown>, which = 0): Promise<LiveClient> {
    return LiveClient.greeted(this.url(which), auth);
  }

  async close(): Promise<void> {
    const { ingress, enricher, apis, queues } = this.parts;
    for (const one of [ingress, enricher, ...apis]) await one.close();
    await queues.close();
    await this.world.close();
  }
}
