/** The bare pipeline in the product's place. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child } from '../stage/child.js';
import { complaintsIn } from '../stage/complaints.js';
import { freePort } from '../stage/free-port.js';
import type { Playing } from '../stage/playing.js';
import type { BenchTenant } from '../stage/tenants.js';

const SCRIPT = fileURLToPath(new URL('floor-process.js', import.meta.url));
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 5_000;
const LOG_LINES = 1_000;

export interface FloorPlan {
  databaseUrl: string;
  redisUrl: string | undefined;
  folder: string;
  sinkUrl: string;
  signal: AbortSignal;
}

/** Its two processes, running. */
export class Floor implements Playing {
  private constructor(private readonly children: ReadonlyMap<string, { child: Child; url: string }>) {}

  static async start({ databaseUrl, redisUrl = '', folder, sinkUrl, signal }: FloorPlan): Promise<Floor> {
    const children = new Map<string, { child: Child; url: string }>();
    // In this order: the first one makes the table.
    for (const role of ['in', 'out']) {
      const port = await freePort();
      const url = `http://127.0.0.1:${String(port)}`;
      const child = new Child({
        name: `floor-${role}`,
        command: process.execPath,
        args: [SCRIPT, role, String(port), databaseUrl, redisUrl, sinkUrl],
        logFile: join(folder, `floor-${role}.log`),
      });
      children.set(child.name, { child, url });
      await child.ready(async () => (await fetch(`${url}/health/ready`)).ok, READY_WITHIN_MS, signal);
    }
    return new Floor(children);
  }

  get processes(): string[] {
    return [...this.children.keys()];
  }

  url(name: string): string {
    return this.of(name).url;
  }

  child(name: string): Child {
    return this.of(name).child;
  }

  complaints(): string[] {
    return this.processes.flatMap((name) => complaintsIn(this.child(name).logTail(LOG_LINES).split('\n')));
  }

  /** Names without anything behind them: it knows no tenants. */
  tenants(count: number, fanOut: number): BenchTenant[] {
    if (fanOut > 1)
      throw new Error('The floor sends each webhook to one place: use a workload with fan-out 1.');
    return Array.from({ length: count }, (_one, at) => {
      const name = `t${String(at + 1)}-e1`;
      const url = `${this.url('floor-in')}/in/${name}`;
      return {
        ...{ id: name, connectionId: '', ingressUrl: url, urls: { cdr: url } },
        endpoints: [{ name, secret: '' }],
      };
    });
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.children.values()].map(({ child }) => child.stop(STOP_WITHIN_MS)));
  }

  private of(name: string): { child: Child; url: string } {
    const found = this.children.get(name);
    if (!found) throw new Error(`The floor has no ${name}.`);
    return found;
  }
}
