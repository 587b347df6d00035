/** What may be wrong with a tenant, as an operator sees it from afar. */
export interface TenantTrouble {
  /** Deliveries that should have been tried more than a minute ago. */
  late: number;
  /** Deliveries that wait for their endpoint to be enabled. */
  held: number;
  /** Deliveries of the last day that were given up. */
  dead: number;
  /** Enabled connections of which nothing has been heard for days. */
  silent: number;
}

/**
 * How much somebody should look after a tenant: 0 where nothing is wrong. Ten times as many deliveries weigh one more, so that a
 * tenant of thousands of calls does not hide a small one of whom nothing is delivered; a silent connection weighs as much as ten
 * deliveries, and what is held half, since somebody meant it to be.
 */
export function troubleOf({ late, held, dead, silent }: TenantTrouble): number {
  return weight(dead) + weight(late) + weight(held) / 2 + silent;
}

function weight(count: number): number {
  return count === 0 ? 0 : 1 + Math.log10(count);
}
