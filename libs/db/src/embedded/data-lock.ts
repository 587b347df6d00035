import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '#domain';
import { isAlive } from './stale-server.js';

/** A process's number, and where the system tells it the time of its start: numbers are used again. */
function identityOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return `${String(pid)}:${fields[19] ?? ''}`;
  } catch {
    return String(pid);
  }
}

/**
 * Makes this process the only Switchhook on a data folder, until it exits or `release` is called.
 * A lock whose owner is dead is taken over.
 */
export function lockData(file: string): { release: () => void } {
  const mine = identityOf(process.pid);
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = readFileSync(file, 'utf8');
      const owner = Number(holder.split(':')[0]);
      const isLive = Number.isInteger(owner) && owner > 1 && isAlive(owner) && identityOf(owner) === holder;
      if (isLive && owner !== process.pid) {
        throw new AppError(
          'misconfigured',
          'embedded.data_in_use',
          `Another Switchhook (pid ${String(owner)}) uses this data folder: stop it, or set DATA_DIR to another folder.`,
        );
      }
      rmSync(file, { force: true });
    }
  }
  const release = () => {
    rmSync(file, { force: true });
    process.off('exit', release);
  };
  process.on('exit', release);
  return { release };
}
