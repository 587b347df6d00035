import { AppError } from '#domain';
import type { Log } from './log.js';

/** While something is away every unit of work fails alike: one line a second says so, with how many it stands for. */
const EVERY_MS = 1_000;
const quietUntil = new Map<string, { at: number; left: number }>();

/**
 * Logs what one unit of work failed of: our own bugs whole, with the stack; an outage briefly.
 *
 * @param event  the line's name, e.g. `drain.failed`
 */
export function logFailure(log: Log, event: string, error: unknown, fields: Record<string, unknown>): void {
  if (!(error instanceof AppError && error.fault === 'unavailable')) {
    log.error({ ...fields, err: error instanceof AppError ? (error.cause ?? error) : error }, event);
    return;
  }
  const now = performance.now();
  const known = quietUntil.get(event);
  if (known && now < known.at) {
    known.left += 1;
    return;
  }
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  log.warn({ ...fields, code: error.code, cause, leftOut: known?.left ?? 0 }, event);
  quietUntil.set(event, { at: now + EVERY_MS, left: 0 });
}
