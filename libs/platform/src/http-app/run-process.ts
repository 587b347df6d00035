import { AppError } from '#domain';
import { HealthChecks } from '../health/health-checks.js';
import type { RunningProcess } from './start-process.js';
import { whenToStop, type StopReason } from './when-to-stop.js';

/** Who is asked to stop while it starts gets ready first, so that it leaves nothing half made behind; but not for ever. */
const STARTS_WITHIN_MS = 10_000;
const ENDS_WITHIN_MS = 5_000;

/**
 * The main function of a process: starts it, and stops it when it is asked to, also while it is still starting. A failed start
 * exits with 1 and one sentence, and so does what cannot go on.
 */
export async function runProcess(
  name: string,
  start: () => Promise<RunningProcess>,
): Promise<RunningProcess | undefined> {
  const asked = whenToStop();
  let starting = true;
  const giveUp = (): void => {
    if (starting) process.exit(0);
  };
  void asked.then(() => setTimeout(giveUp, STARTS_WITHIN_MS).unref());
  let running: RunningProcess;
  try {
    running = await start();
  } catch (error) {
    explain(name, error);
    process.exit(1);
  }
  starting = false;
  void asked.then((reason) => stop(running, reason));
  void running.lost?.then((error) => (error === undefined ? undefined : end(name, running, error)));
  return running;
}

/** One sentence on stderr for what the operator can mend; the whole error for what only we can. */
export function explain(name: string, error: unknown): void {
  const text =
    error instanceof AppError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`switchhook ${name}: ${text ?? 'failed'}\n`);
}

async function stop(running: RunningProcess, reason: StopReason): Promise<void> {
  running.log.info({ reason }, 'process.stopping');
  try {
    await running.close();
    running.log.info({}, 'process.stopped');
    process.exit(0);
  } catch (error) {
    running.log.error({ err: error }, 'process.stop_failed');
    process.exit(1);
  }
}

/** What cannot go on ends soon: whoever restarts it is waiting, and there is nothing left that a longer wait could save. */
async function end(name: string, running: RunningProcess, error: AppError): Promise<void> {
  running.app.get(HealthChecks, { strict: false }).cannotGoOn(error.message);
  running.log.fatal({ code: error.code, why: error.message }, 'process.lost');
  explain(name, error);
  setTimeout(() => process.exit(1), ENDS_WITHIN_MS);
  await running.close().catch(() => undefined);
  process.exit(1);
}
