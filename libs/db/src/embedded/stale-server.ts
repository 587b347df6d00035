import { readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#domain';

const STOP_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 25;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export async function untilGone(pid: number, withinMs = STOP_WITHIN_MS): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += LOOK_EVERY_MS) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return !isAlive(pid);
}

/** Whether this process is a PostgreSQL on this cluster; after a reboot its number may be somebody else's, also another's. */
async function isServing(pid: number, clusterDir: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => undefined);
  // Without /proc (macOS) the pid file is all there is to go by.
  if (commandLine === undefined) return true;
  const words = commandLine.split('\0');
  const folder = words[words.indexOf('-D') + 1];
  if (words[0]?.includes('postgres') !== true || folder === undefined) return false;
  const [theirs, ours] = await Promise.all([realpath(folder).catch(() => folder), realpath(clusterDir)]);
  return theirs === ours;
}

/**
 * Stops a server that a killed Switchhook left behind on this data folder. A fast shutdown keeps every commit.
 * @returns the pid that was stopped, or undefined when there was none
 */
export async function stopStaleServer(clusterDir: string): Promise<number | undefined> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch(() => undefined);
  const pid = Number(text?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  if (!isAlive(pid) || !(await isServing(pid, clusterDir))) {
    await rm(pidFile, { force: true });
    return undefined;
  }
  try {
    process.kill(pid, 'SIGINT');
  } catch (cause) {
    throw new AppError(
      'misconfigured',
      'embedded.stale_server',
      `A PostgreSQL (pid ${String(pid)}) of another user still runs on ${clusterDir}: stop it, then start again.`,
      { cause },
    );
  }
  if (!(await untilGone(pid))) {
    throw new AppError(
      'misconfigured',
      'embedded.stale_server',
      `The PostgreSQL (pid ${String(pid)}) on ${clusterDir} does not stop: stop it by hand, then start again.`,
    );
  }
  return pid;
}
