import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#domain';
import { copyBinaries, serverBinaries, type ServerBinaries } from './server-binaries.js';
import { canReach, type ServerUser } from './server-user.js';

export const SUPERUSER = 'switchhook';

/** Where root keeps what the server's user could not reach in root's own folders. */
const SHARED_HOME = '/var/lib/switchhook';

/** @throws AppError `embedded.no_folder` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new AppError(
      'misconfigured',
      'embedded.no_folder',
      `The data folder ${folder} cannot be made (${(cause as NodeJS.ErrnoException).code ?? 'error'}): set DATA_DIR to a folder that you may write to.`,
      { cause },
    );
  }
}

/** Root may have cloned into a place that the server's user cannot enter; then the programs or the data live elsewhere. */
export async function placeFor(
  wanted: string,
  user: ServerUser,
  say: (line: string) => void,
): Promise<{ home: string; binaries: ServerBinaries }> {
  const own = await serverBinaries();
  const binaries = (await canReach(own.postgres, user)) ? own : await copyBinaries(own, SHARED_HOME);
  if (await canReach(join(wanted, 'x'), user)) return { home: wanted, binaries };
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const home = join(SHARED_HOME, name);
  say(`the user "postgres" cannot enter ${wanted}, so the database is kept in ${home}`);
  await mkdir(home, { recursive: true, mode: 0o755 });
  return { home, binaries };
}

/**
 * Makes the cluster unless it is there.
 *
 * @param keep  folder of the password file, which may be another than the cluster's
 * @returns the superuser's password
 * @throws AppError `embedded.broken_data` when only a part of it is there
 */
export async function ensureCluster(
  clusterDir: string,
  keep: string,
  { binaries, user, say }: { binaries: ServerBinaries; user: ServerUser; say: (line: string) => void },
): Promise<string> {
  const passwordFile = join(keep, 'postgres.password');
  if (hasCluster(clusterDir)) {
    const password = await readFile(passwordFile, 'utf8').catch(() => undefined);
    if (password) return password.trim();
    throw broken(keep, 'postgres.password is missing');
  }
  if (existsSync(clusterDir)) throw broken(keep, 'the database in it is not complete');
  say('making a PostgreSQL database (once)');
  const password = randomBytes(18).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const half = `${clusterDir}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  const handOver = join(half, '..', 'initdb.password');
  await writeFile(handOver, `${password}\n`, { mode: 0o600 });
  if (user) {
    chownSync(half, user.uid, user.gid);
    chownSync(handOver, user.uid, user.gid);
  }
  try {
    await initdb(binaries, half, handOver, user);
  } finally {
    await rm(handOver, { force: true });
  }
  await rename(half, clusterDir);
  await chmod(clusterDir, 0o700);
  return password;
}

async function initdb(
  binaries: ServerBinaries,
  folder: string,
  pwfile: string,
  user: ServerUser,
): Promise<void> {
  const args = ['-D', folder, '-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${pwfile}`];
  const child = spawn(binaries.initdb, [...args, '--encoding=UTF8', '--no-locale', '--no-instructions'], {
    ...(user ?? {}),
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new AppError(
      'misconfigured',
      'embedded.initdb',
      `PostgreSQL could not be set up: ${complaint.trim()}`,
    );
  }
}

/** Whether there is a database in this folder, as far as its surface shows. */
export function hasCluster(clusterDir: string): boolean {
  return existsSync(join(clusterDir, 'PG_VERSION'));
}

export function broken(folder: string, what: string): AppError {
  return new AppError(
    'misconfigured',
    'embedded.broken_data',
    `The data folder ${folder} is broken (${what}): restore it from a backup, or delete it to start empty.`,
  );
}
