import type { DeliveryId } from '#domain';
import type { Slice } from '#queues';
import type { EndpointRun } from './endpoint-run.js';

/**
 * How long a drain may start sends: for its slice, and beyond it as long as something is under way that was begun within it.
 * The worker's place is taken until then anyway, and one slow answer must not keep all that could go out beside it.
 */
export class Turn {
  private begun: ReadonlySet<DeliveryId> | undefined;

  constructor(
    private readonly slice: Pick<Slice, 'ended' | 'over'>,
    private readonly run: Pick<EndpointRun, 'underWay'>,
  ) {}

  get over(): boolean {
    if (this.slice.ended) return true;
    if (!this.slice.over) return false;
    this.begun ??= new Set(this.run.underWay);
    return ![...this.begun].some((id) => this.run.underWay.has(id));
  }
}
