import pg from 'pg';
import type { Backend, QueueHome } from './backends.js';
import { cdr } from '../builders/cdr.js';
import { Crm } from './crm.js';
import { Pbx } from './pbx.js';
import { Product, type App, type ProductProcess } from './product.js';
import { Sql } from './world.js';
import {
  makeConnection,
  makeEndpoint,
  makeTenant,
  type EndpointTraits,
  type TestConnection,
  type TestEndpoint,
} from './tenant.js';
import { openTestDatabase } from './test-database.js';
import { until } from './until.js';

/** What a chain is made of: each app once, and ingress a second time where a test wants it. */
export type Part = App | 'second ingress';

const ALL_DELIVERED_WITHIN_MS = 45_000;

export interface ChainOptions extends Partial<EndpointTraits> {
  /** A migrated database of the test's own making, which the test closes. */
  databaseUrl?: string;
}

interface ChainParts {
  databaseUrl: string;
  sql: Sql;
  queues: QueueHome;
  crm: Crm;
  product: Product;
  connection: TestConnection;
  endpoint: TestEndpoint;
  closeDatabase: () => Promise<void>;
}

/** PBX, product and CRM: the whole way of a call, each part a process or a server of its own. */
export class Chain {
  readonly databaseUrl: string;
  readonly sql: Sql;
  readonly queues: QueueHome;
  readonly crm: Crm;
  readonly product: Product;
  readonly endpoint: TestEndpoint;
  readonly pbx: Pbx;
  private readonly running = new Map<Part, ProductProcess>();
  private readonly closeDatabase: () => Promise<void>;

  private constructor({
    databaseUrl,
    sql,
    queues,
    crm,
    product,
    connection,
    endpoint,
    closeDatabase,
  }: ChainParts) {
    this.databaseUrl = databaseUrl;
    this.sql = sql;
    this.queues = queues;
    this.crm = crm;
    this.product = product;
    this.endpoint = endpoint;
    this.closeDatabase = closeDatabase;
    this.pbx = new Pbx(() => this.process('ingress').url(connection.path));
  }

  static async open(backend: Backend, { databaseUrl, ...endpointTraits }: ChainOptions = {}): Promise<Chain> {
    const own = databaseUrl === undefined ? await openTestDatabase() : undefined;
    const url = own?.url ?? databaseUrl ?? '';
    const pool = new pg.Pool({ connectionString: url, max: 3 });
    pool.on('error', () => undefined);
    const sql = new Sql(pool);
    const queues = await backend.home(url);
    const crm = await Crm.open();
    const tenantId = await makeTenant(sql);
    const connection = await makeConnection(sql, tenantId);
    const endpoint = await makeEndpoint(sql, tenantId, { url: crm.url(), ...endpointTraits });
    const product = new Product({ DATABASE_URL: url, ...queues.env });
    const closeDatabase = async () => {
      await pool.end();
      await own?.close();
    };
    return new Chain({ databaseUrl: url, sql, queues, crm, product, connection, endpoint, closeDatabase });
  }

  /** Starts these, one after the other's back; one that was there before is replaced and keeps its port. */
  start(...parts: Part[]): Promise<void> {
    return this.startWith({}, ...parts);
  }

  /** The same, with settings that are not everybody's. */
  async startWith(env: Record<string, string>, ...parts: Part[]): Promise<void> {
    await Promise.all(
      parts.map(async (part) => {
        const before = this.running.get(part);
        const port = before ? { PORT: String(before.port) } : {};
        const app = part === 'second ingress' ? 'ingress' : part;
        this.running.set(part, await this.product.start(app, { ...port, ...env }));
      }),
    );
  }

  process(part: Part): ProductProcess {
    const found = this.running.get(part);
    if (!found) throw new Error(`${part} was not started`);
    return found;
  }

  /** Waits until everything that was accepted is delivered and nothing is left to do. */
  async allDelivered(withinMs = ALL_DELIVERED_WITHIN_MS): Promise<void> {
    try {
      await until(
        'every accepted call to be delivered',
        () => {
          const delivered = this.crm.deliveredCalls;
          const missing = this.pbx.accepted.filter((call) => !delivered.has(call));
          if (missing.length > 0)
            throw new Error(`${missing.length} of ${this.pbx.accepted.length} are missing`);
          return true;
        },
        withinMs,
      );
      await until(
        'the last record to be written',
        async () => (await this.openDeliveries()).length === 0,
        withinMs,
      );
    } catch (error) {
      const told = this.product.output.split('\n').filter((line) => !line.includes('delivery.attempted'));
      throw new Error(`${String(error)}\n${told.slice(-60).join('\n')}`, { cause: error });
    }
    this.crm.verify(this.endpoint.secret);
  }

  /** Ids of deliveries that are still owed. */
  async openDeliveries(): Promise<string[]> {
    const rows = await this.sql.rows<{ id: string }>(`SELECT id FROM delivery WHERE state = 'due'`);
    return rows.map(({ id }) => id);
  }

  async close(): Promise<void> {
    await this.product.close();
    await this.pbx.close();
    await this.crm.stop();
    await this.queues.close();
    await this.closeDatabase();
  }
}

export function cdrs(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, () => cdr());
}
