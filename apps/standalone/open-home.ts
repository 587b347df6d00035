import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EmbeddedServer, keepServer, type ServerNews } from '#db';
import type { AppError } from '#domain';
import { projectRoot, type Env } from '#platform';

const DATABASE = 'switchhook';

/** What standalone brings along when the environment does not: a database server and a key for secrets. */
export interface Home {
  env: Env & { DATABASE_URL: string };
  /**
   * Keeps the database up from now on.
   * @returns an error with one sentence when it cannot be kept up; undefined when it was stopped, or is somebody else's
   */
  keep: (tell: (news: ServerNews) => void) => Promise<AppError | undefined>;
  close: () => Promise<void>;
}

/** @param say  told what is being done, one short line each */
export async function openHome(env: Env, say: (line: string) => void): Promise<Home> {
  const dataDir = resolve(projectRoot(), env.DATA_DIR);
  if (env.DATABASE_URL !== undefined) {
    const keys = env.SECRET_KEYS ?? secretKeys(dataDir);
    return {
      env: { ...env, DATABASE_URL: env.DATABASE_URL, SECRET_KEYS: keys },
      keep: () => Promise.resolve(undefined),
      close: () => Promise.resolve(),
    };
  }
  const server = await EmbeddedServer.start({ dataDir, onProgress: say });
  try {
    await server.ensureDatabase(DATABASE);
    const keys = env.SECRET_KEYS ?? secretKeys(dataDir);
    return {
      env: { ...env, DATABASE_URL: server.url(DATABASE), SECRET_KEYS: keys },
      keep: (tell) => keepServer(server, { tell }),
      close: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The installation's own key, made at the first start. Whoever loses the file loses the sealed secrets. */
function secretKeys(dataDir: string): string {
  const file = join(dataDir, 'secret.keys');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const keys = `k1:${randomBytes(32).toString('base64')}`;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${keys}\n`, { mode: 0o600 });
  return keys;
}
