import { basename, dirname, join } from 'node:path';
import { npmScript } from '../env/read-env.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const LOOK_EVERY_MS = 500;
/** One Ctrl-C comes twice: from the terminal, and from npm, which got it as well and passes it on. */
const SAME_WISH_WITHIN_MS = 1_000;

/** What asked this process to stop. */
export type StopReason = (typeof SIGNALS)[number] | 'npm is gone';

/**
 * Waits for whatever asks this process to stop: a signal, a terminal that was closed (Node dies of that also below `nohup`), or
 * the end of the npm that started it. npm passes signals on, but not the one that nobody can catch.
 *
 * A second signal, when it is not the echo of the first, is an order: the process ends at once.
 */
export function whenToStop(): Promise<StopReason> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        const now = performance.now();
        if (askedAt !== undefined && now - askedAt > SAME_WISH_WITHIN_MS) process.exit(130);
        askedAt ??= now;
        resolve(signal);
      });
    }
    if (!isScriptOf(npmScript(), process.argv[1])) return;
    const parent = process.ppid;
    const look = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(look);
      resolve('npm is gone');
    }, LOOK_EVERY_MS);
    look.unref();
  });
}

/**
 * Whether npm's script runs this very program. What a script of somebody else's starts in passing may outlive it.
 *
 * @param script  command line of the script
 * @param program  path of the program
 */
export function isScriptOf(script: string | undefined, program: string | undefined): boolean {
  if (script === undefined || program === undefined) return false;
  const file = join(basename(dirname(program)), basename(program)).replaceAll('\\', '/');
  return script.split(/\s+/).some((word) => word.replaceAll('\\', '/').endsWith(`/${file}`));
}
