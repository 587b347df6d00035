import { chmod, mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#platform';

const TMPFS_MAGIC = 0x01021994;
const RAMFS_MAGIC = 0x858458f6;

/**
 * A folder that is removed afterwards. On a disk: where temporary files live in memory an fsync costs nothing, and a
 * benchmark of durable commits would flatter us.
 */
export async function scratchFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const { type } = await statfs(tmpdir());
  const onDisk = type !== TMPFS_MAGIC && type !== RAMFS_MAGIC;
  const parent = onDisk ? tmpdir() : join(projectRoot(), '.data');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'switchhook-bench-'));
  // Root lends the database to the user postgres, who has to get in.
  await chmod(folder, 0o755);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
