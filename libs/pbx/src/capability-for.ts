import type { Order } from '#domain';
import type { Capability } from './driver.js';

/** What a PBX must be able to do for an order. */
export function capabilityFor({ kind, first }: Pick<Order, 'kind' | 'first'>): Capability {
  if (kind === 'announce') return 'announce';
  if (kind === 'conference') return 'conference';
  return first.kind === 'number' ? 'place_to_customer_first' : 'place_call';
}
