import type { EndpointId } from '#domain';
import type { DeliveryStore, DeliveryTarget, DueDelivery } from '#db';

/** Endpoints whose settings are remembered; when there are more, all are forgotten. */
const REMEMBERED = 10_000;

/** What an endpoint's letters are read by. */
type Terms = Pick<DeliveryTarget, 'ordered' | 'concurrency'>;

export interface OpenedMailbox {
  /** Undefined when the endpoint was deleted. */
  target: DeliveryTarget | undefined;
  /** Its first letters, at most so many; undefined where they have to be read by terms that were not known before. */
  first: { due: DueDelivery[]; most: number } | undefined;
}

/**
 * Reads where an endpoint's letters go together with its first letters, in one round trip and not in two: which letters may
 * be sent depends on the endpoint's settings, and these hardly ever change from one drain to the next.
 */
export class OpenMailbox {
  private readonly terms = new Map<EndpointId, Terms>();

  /** @param perPlace  letters that are read for each place of an endpoint's concurrency */
  constructor(
    private readonly store: Pick<DeliveryStore, 'target' | 'due'>,
    private readonly perPlace: number,
  ) {}

  /** @throws AppError `database.unavailable` */
  async open(endpointId: EndpointId): Promise<OpenedMailbox> {
    const guess = this.terms.get(endpointId);
    const [target, due] = await Promise.all([
      this.store.target(endpointId),
      guess && this.store.due({ endpointId, most: this.mostOf(guess), ordered: guess.ordered, except: [] }),
    ]);
    this.remember(endpointId, target);
    const right = target?.ordered === guess?.ordered && target?.concurrency === guess?.concurrency;
    return { target, first: guess && due && right ? { due, most: this.mostOf(guess) } : undefined };
  }

  private mostOf({ concurrency }: Terms): number {
    return concurrency * this.perPlace;
  }

  private remember(endpointId: EndpointId, target: DeliveryTarget | undefined): void {
    if (target === undefined) {
      this.terms.delete(endpointId);
      return;
    }
    if (this.terms.size >= REMEMBERED) this.terms.clear();
    this.terms.set(endpointId, { ordered: target.ordered, concurrency: target.concurrency });
  }
}
