import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedServer, maintainPartitions, migrate } from '#db';
import { migrateQueue } from '#queues';

const DATABASE = 'switchhook';

/** A PostgreSQL of the test's own with a migrated database, to be stopped and started on the same address. */
export class StoppableDatabase {
  private constructor(
    private readonly dataDir: string,
    private server: EmbeddedServer,
  ) {}

  static async start(): Promise<StoppableDatabase> {
    const dataDir = await mkdtemp(join(tmpdir(), 'switchhook-stoppable-'));
    // Root lends the server another user, who must get in.
    await chmod(dataDir, 0o755);
    const database = new StoppableDatabase(dataDir, await EmbeddedServer.start({ dataDir }));
    await database.server.ensureDatabase(DATABASE);
    await migrate(database.url);
    await migrateQueue(database.url);
    await maintainPartitions(database.url, Date.now(), { receiptDays: 30, deliveryDays: 30 });
    return database;
  }

  get url(): string {
    return this.server.url(DATABASE);
  }

  /** A fast shutdown, as an operator's restart does: sessions end with 57P01, then connections are refused. */
  async stop(): Promise<void> {
    await this.server.stop();
  }

  async startAgain(): Promise<void> {
    const port = String(this.server.port);
    this.server = await EmbeddedServer.start({ dataDir: this.dataDir, settings: { port } });
  }

  /** The server is killed outright and starts again: what was committed and not yet on the disk is gone. */
  async crash(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await this.server.ended;
    await this.server.startAgain();
  }

  async close(): Promise<void> {
    await this.server.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
