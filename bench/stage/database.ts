import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmbeddedServer, maintainPartitions, migrate } from '#db';
import { migrateQueue } from '#queues';
import type { Unwind } from './unwind.js';

const DATABASE = 'switchhook';
const RETENTION = { receiptDays: 30, deliveryDays: 30 };
/** Where the embedded server keeps its data when the user postgres cannot enter our folder. */
const ELSEWHERE = '/var/lib/switchhook/';

/** A PostgreSQL of our own with the product's default settings, durable commits included, migrated. */
export async function startDatabase(
  folder: string,
  { unwind, say }: { unwind: Unwind; say: (line: string) => void },
): Promise<{ server: EmbeddedServer; url: string }> {
  const server = await EmbeddedServer.start({ dataDir: join(folder, 'data'), onProgress: say });
  unwind.add('PostgreSQL', async () => {
    await server.stop();
    const home = dirname(server.clusterDir);
    if (home.startsWith(ELSEWHERE)) await rm(home, { recursive: true, force: true });
  });
  await server.ensureDatabase(DATABASE);
  const url = server.url(DATABASE);
  await migrate(url);
  await migrateQueue(url);
  // An ingress alone makes no partitions.
  await maintainPartitions(url, Date.now(), RETENTION);
  return { server, url };
}
