import pg from 'pg';

/** The one table: what came, where it goes, and whether it went. */
const TABLE = `CREATE TABLE IF NOT EXISTS floor (id UUID PRIMARY KEY, target TEXT NOT NULL, body BYTEA NOT NULL, done BOOLEAN NOT NULL)`;
const INSERT = `INSERT INTO floor (id, target, body, done) SELECT id, target, body, false FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS f(id, target, body)`;
const READ = `SELECT id, target, body FROM floor WHERE id = ANY($1::uuid[]) AND NOT done`;
const DONE = `UPDATE floor SET done = true WHERE id = ANY($1::uuid[])`;
const CONNECTIONS = 4;

export interface FloorRow {
  id: string;
  target: string;
  body: Buffer;
}

/** Durable rows in three statements, each for many of them. */
export class FloorTable {
  private readonly pool: pg.Pool;

  constructor(databaseUrl: string) {
    this.pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
    this.pool.on('error', () => undefined);
  }

  async make(): Promise<void> {
    await this.pool.query(TABLE);
  }

  async insert(rows: readonly FloorRow[]): Promise<void> {
    await this.pool.query({
      name: 'insert',
      text: INSERT,
      values: [rows.map(({ id }) => id), rows.map(({ target }) => target), rows.map(({ body }) => body)],
    });
  }

  async read(ids: readonly string[]): Promise<FloorRow[]> {
    const { rows } = await this.pool.query<FloorRow>({ name: 'read', text: READ, values: [ids] });
    return rows;
  }

  async done(ids: readonly string[]): Promise<void> {
    await this.pool.query({ name: 'done', text: DONE, values: [ids] });
  }
}
