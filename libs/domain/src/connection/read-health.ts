import { NOTHING_LEARNT, type ConnectionHealth } from './connection-health.js';

/** What a mailbox remembers of its connection: nothing yet, or what an enricher of any version wrote. */
export function readHealth(memo: unknown): ConnectionHealth {
  const { health } = (memo ?? {}) as { health?: unknown };
  return isHealth(health) ? { ...NOTHING_LEARNT, ...health } : NOTHING_LEARNT;
}

/** Only what would break the reader is looked at: it was ours who wrote it. */
function isHealth(value: unknown): value is Partial<ConnectionHealth> {
  if (typeof value !== 'object' || value === null) return false;
  const { minutes, hours, clock, unknownWords } = value as Partial<ConnectionHealth>;
  return isRing(minutes) && isRing(hours) && Array.isArray(clock?.lags) && Array.isArray(unknownWords);
}

function isRing(ring: { newest: unknown; counts: unknown } | undefined): boolean {
  return typeof ring?.newest === 'number' && Array.isArray(ring.counts);
}
