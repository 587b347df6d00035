import { readFile, readdir, readlink, realpath } from 'node:fs/promises';
import { untilGone } from './stale-server.js';

/** They notice by themselves when they next wait for anything. */
const LEAVE_WITHIN_MS = 2_000;

/**
 * Ends the sessions that a server left behind when it was killed outright. They leave by themselves, but not one that is in the
 * middle of a long computation, and while any of them is there no new server may have the data.
 *
 * Finds them by /proc: a PostgreSQL that works in this very folder. Elsewhere the new server refuses until they are gone.
 *
 * @param clusterDir  of a server that is dead
 */
export async function endOrphans(clusterDir: string): Promise<void> {
  const orphans = await workingIn(clusterDir);
  const leave = async (pid: number): Promise<void> => {
    if (await untilGone(pid, LEAVE_WITHIN_MS)) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just left.
    }
    await untilGone(pid, LEAVE_WITHIN_MS);
  };
  await Promise.all(orphans.map(leave));
}

async function workingIn(clusterDir: string): Promise<number[]> {
  const folder = await realpath(clusterDir).catch(() => clusterDir);
  const entries = await readdir('/proc').catch(() => []);
  const pids = entries.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [place, words] = await Promise.all([
        readlink(`/proc/${String(pid)}/cwd`).catch(() => undefined),
        readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => ''),
      ]);
      return place === folder && words.includes('postgres') ? [pid] : [];
    }),
  );
  return found.flat();
}
