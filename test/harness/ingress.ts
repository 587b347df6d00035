import { DbModule } from '#db';
import { readEnv, startProcess, type RunningProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { RefusalBook } from '../../apps/ingress/refusals/refusal-book.js';
import { TenantGate } from '../../apps/ingress/limits/tenant-gate.js';
import { SECRET_KEYS, type TestConnection } from './tenant.js';
import { openWorld, type World } from './world.js';

export interface KeptReceipt {
  [column: string]: unknown;
  route: string;
  method: string;
  query: string;
  headers: Record<string, string>;
  body: Buffer;
  surplus: Buffer | null;
  note: string | null;
  source_ip: string | null;
  state: string;
  reason: string | null;
}

/** The real ingress on a database of its own; the queue is in PostgreSQL. */
export class TestIngress {
  private constructor(
    readonly world: World,
    readonly running: RunningProcess,
  ) {}

  static async open(env: Record<string, string> = {}, log?: World['log']): Promise<TestIngress> {
    const world = await openWorld();
    const read = readEnv({ HOST: '127.0.0.1', PORT: '0', SECRET_KEYS, ...env });
    const imports = [DbModule.with(world.url), QueuesModule.with(world.url), IngressModule];
    const running = await startProcess('ingress', read, { imports, raw: ingressRoutes }, log ?? world.log);
    return new TestIngress(world, running);
  }

  get port(): number {
    return Number(new URL(this.running.url).port);
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  receipts({ id }: TestConnection): Promise<KeptReceipt[]> {
    return this.world.sql.rows<KeptReceipt>('SELECT * FROM receipt WHERE connection_id = $1 ORDER BY id', [
      id,
    ]);
  }

  async kept({ id }: TestConnection): Promise<number> {
    return this.world.sql.count('SELECT count(*) FROM receipt WHERE connection_id = $1', [id]);
  }

  /** What was refused of a connection, by reason. */
  async refused({ id }: TestConnection): Promise<Record<string, number>> {
    await this.running.app.get(RefusalBook).flush();
    const rows = await this.world.sql.rows<{ reason: string; count: number }>(
      'SELECT reason, sum(count)::int AS count FROM ingress_refusal WHERE connection_id = $1 GROUP BY 1',
      [id],
    );
    return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]));
  }

  async sample({ id }: TestConnection): Promise<string> {
    await this.running.app.get(RefusalBook).flush();
    const row = await this.world.sql.row<{ sample: string }>(
      'SELECT sample FROM ingress_refusal WHERE connection_id = $1 ORDER BY last_at DESC LIMIT 1',
      [id],
    );
    return row.sample;
  }

  /** Counts and limits of tenants as other processes will know them. */
  async flushUsage(): Promise<void> {
    await this.running.app.get(TenantGate).flush();
  }

  async metric(name: string, label = ''): Promise<number> {
    const text = await (await fetch(this.url('/metrics'))).text();
    return text
      .split('\n')
      .filter((line) => new RegExp(`^${name}[{ ]`).test(line) && line.includes(label))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.world.close();
  }
}
