import { usageOf } from '../../measure/process-usage.js';
import type { Product, ProcessName } from '../../stage/product.js';

/** CPU time of processes that are killed and started again: read before each end. */
export class CpuBook {
  private readonly byPid = new Map<number, number>();

  async read(product: Product, ...names: ProcessName[]): Promise<void> {
    for (const name of names) {
      const { pid } = product.child(name);
      this.byPid.set(pid, (await usageOf(pid)).cpuSeconds);
    }
  }

  get seconds(): number {
    return [...this.byPid.values()].reduce((sum, one) => sum + one, 0);
  }
}
