import { PrismaPg } from '@prisma/adapter-pg';
import type { TenantId } from '#domain';
import { PrismaClient, type Prisma } from '../generated/client.js';
import { databaseAway, isDatabaseAway } from '../pool/hot-pool.js';

/** Disabling an endpoint with a great backlog is the longest; everything else takes milliseconds. */
const LONGEST_TRANSACTION_MS = 30_000;

/** What a repository method works with: a transaction in which only one tenant's rows exist. */
export type Tx = Prisma.TransactionClient;

/**
 * The tenant-facing way to the database: Prisma as the role `switchhook_api`, every transaction bound to one tenant
 * (or to the operator) by row-level security. The queries carry their tenant too; this is the second wall.
 */
export class TenantScope {
  #prisma: PrismaClient | null = null;

  constructor(
    private readonly url: string,
    private readonly maxConnections: number,
  ) {}

  /** Made when it is first asked for: reading the schema and compiling WebAssembly are a tenth of what a start costs. */
  get prisma(): PrismaClient {
    this.#prisma ??= new PrismaClient({
      adapter: new PrismaPg(
        {
          connectionString: this.url,
          max: this.maxConnections,
          options: '-c role=switchhook_api',
          application_name: 'switchhook-api',
          connectionTimeoutMillis: 5_000,
        },
        { onPoolError: () => undefined },
      ),
    });
    return this.#prisma;
  }

  /** Runs `work` as one transaction of `tenant`. @throws AppError `database.unavailable` when the database is away */
  forTenant<T>(tenant: TenantId, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(work, (tx) => tx.$executeRaw`SELECT set_config('switchhook.tenant', ${tenant}, true)`);
  }

  /** Runs `work` for the operator: tenants, API keys, audit and idempotency of all tenants, and nothing else. */
  forOperator<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(work, (tx) => tx.$executeRaw`SELECT set_config('switchhook.operator', 'on', true)`);
  }

  async end(): Promise<void> {
    await this.#prisma?.$disconnect();
  }

  private async run<T>(work: (tx: Tx) => Promise<T>, bind: (tx: Tx) => Promise<unknown>): Promise<T> {
    try {
      return await this.prisma.$transaction(
        async (tx) => {
          await bind(tx);
          return work(tx);
        },
        { timeout: LONGEST_TRANSACTION_MS },
      );
    } catch (error) {
      throw isDatabaseAway(error) ? databaseAway(error) : error;
    }
  }
}
