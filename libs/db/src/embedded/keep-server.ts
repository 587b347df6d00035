import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#domain';
import type { EmbeddedServer } from './embedded-server.js';

/** Before each try to start it again; when the last one fails too, it is given up. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** A server that stayed up for so long has recovered: its next end is a new story. */
const STEADY_AFTER_MS = 60_000;

/** What becomes of a server that ended without having been asked to. */
export type ServerNews =
  | { event: 'database.ended'; how: string; startsAgainInMs: number }
  | { event: 'database.start_failed'; how: string; startsAgainInMs: number }
  | { event: 'database.started_again'; afterMs: number };

export interface Keeping {
  tell: (news: ServerNews) => void;
  waitsMs?: readonly number[];
  steadyAfterMs?: number;
}

type KeptServer = Pick<EmbeddedServer, 'ended' | 'stopping' | 'startAgain'>;

/**
 * Starts a server again whenever it has ended, after growing waits.
 *
 * @returns undefined once it is stopped on purpose; an error with one sentence when it cannot be kept up
 */
export async function keepServer(
  server: KeptServer,
  { tell, waitsMs = WAITS_MS, steadyAfterMs = STEADY_AFTER_MS }: Keeping,
): Promise<AppError | undefined> {
  let waits = waitsMs;
  while (!server.stopping.aborted) {
    const upSince = performance.now();
    const how = await server.ended;
    const endedAt = performance.now();
    if (endedAt - upSince >= steadyAfterMs) waits = waitsMs;
    const tries = await startAgain(server, how, { waits, tell });
    if (tries.failed !== undefined) return givenUp(waitsMs.length, tries.failed);
    waits = waits.slice(tries.made);
    if (!server.stopping.aborted) {
      tell({ event: 'database.started_again', afterMs: Math.round(performance.now() - endedAt) });
    }
  }
  return undefined;
}

/** @returns how many tries it took, and what the last of them failed of when there are no more */
async function startAgain(
  server: KeptServer,
  ended: string,
  { waits, tell }: { waits: readonly number[]; tell: Keeping['tell'] },
): Promise<{ made: number; failed?: string }> {
  let event: 'database.ended' | 'database.start_failed' = 'database.ended';
  let how = ended;
  for (const [made, waitMs] of waits.entries()) {
    if (server.stopping.aborted) return { made };
    tell({ event, how, startsAgainInMs: waitMs });
    await delay(waitMs, undefined, { signal: server.stopping }).catch(() => undefined);
    if (server.stopping.aborted) return { made };
    try {
      await server.startAgain();
      return { made: made + 1 };
    } catch (error) {
      event = 'database.start_failed';
      how = error instanceof Error ? error.message : String(error);
    }
  }
  if (server.stopping.aborted) return { made: 0 };
  return { made: 0, failed: event === 'database.ended' ? `it ended again (${how})` : how };
}

function givenUp(tries: number, how: string): AppError {
  return new AppError(
    'unavailable',
    'embedded.given_up',
    `The database ended and could not be kept up, after ${String(tries)} tries: ${how}`,
  );
}
