import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmbeddedServer } from '#db';
import { programOf, type Build } from './build.js';
import type { Unwind } from './unwind.js';

const DATABASE = 'switchhook';
/** Where the embedded server keeps its data when the user postgres cannot enter our folder. */
const ELSEWHERE = '/var/lib/switchhook/';

const LOG = 'postgres.log';

export interface Database {
  pid: number;
  url: string;
  /** What the server itself has to say. */
  logFile: string;
}

interface DatabaseSetup {
  build: Build;
  unwind: Unwind;
  say: (line: string) => void;
  /** Server settings beside the product's own. */
  settings?: Readonly<Record<string, string>> | undefined;
}

/** A PostgreSQL of our own with the product's default settings, durable commits included, migrated by the build. */
export async function startDatabase(
  folder: string,
  { build, unwind, say, settings = {} }: DatabaseSetup,
): Promise<Database> {
  const server = await EmbeddedServer.start({ dataDir: join(folder, 'data'), settings, onProgress: say });
  unwind.add('PostgreSQL', async () => {
    await server.stop();
    const home = dirname(server.clusterDir);
    if (home.startsWith(ELSEWHERE)) await rm(home, { recursive: true, force: true });
  });
  await server.ensureDatabase(DATABASE);
  const url = server.url(DATABASE);
  await migrateBy(build, url, folder);
  return { pid: server.pid, url, logFile: join(dirname(server.clusterDir), LOG) };
}

/** The database of a standalone that runs on it, as its files in the data folder tell. */
export async function databaseOfStandalone(dataDir: string): Promise<Database> {
  const [password, lines] = await Promise.all([
    readFile(join(dataDir, 'postgres.password'), 'utf8'),
    readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'),
  ]);
  // See "postmaster.pid" in PostgreSQL's documentation: pid, data folder, start, port.
  const [pid = '', , , port = ''] = lines.split('\n');
  return {
    pid: Number(pid),
    url: `postgresql://switchhook:${password.trim()}@127.0.0.1:${port.trim()}/${DATABASE}`,
    logFile: join(dataDir, LOG),
  };
}

/** Another commit has other migrations, so its own program does it. */
async function migrateBy(build: Build, databaseUrl: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, [programOf(build, 'standalone', 'migrate.js')], {
    env: { DATABASE_URL: databaseUrl, DATA_DIR: join(folder, 'migrate') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`The database could not be migrated: ${complaint.trim()}`);
}
