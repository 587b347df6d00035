import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openTestDatabase } from '../harness/test-database.js';

describe('openTestDatabase', () => {
  it('gives each caller a migrated database of its own', async () => {
    const [one, other] = [await openTestDatabase(), await openTestDatabase()];
    const client = new pg.Client({ connectionString: one.url });
    await client.connect();
    const tables = await client.query(`SELECT to_regclass('delivery') AS found`);
    expect(tables.rows).toEqual([{ found: 'delivery' }]);
    expect(one.url).not.toBe(other.url);
    await client.end();
    await one.close();
    await other.close();
  });
});
