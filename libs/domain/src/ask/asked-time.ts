import type { Instant } from '../ids.js';

/**
 * A time as it was asked: an instant, or a wall clock without a zone, which is then of the connection.
 * `local`: `YYYY-MM-DDTHH:mm:ss`.
 */
export type AskedTime = { instant: Instant } | { local: string };
