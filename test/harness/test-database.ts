import { randomBytes } from 'node:crypto';
import { SERVER, TEMPLATE, onServer, urlOf } from './global-setup.js';

export interface TestDatabase {
  /** The login that owns the tables. */
  url: string;
  close(): Promise<void>;
}

/** A database of the caller's own: our tables, the queue's tables, the partitions of these weeks, and no rows. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = process.env[SERVER];
  const template = process.env[TEMPLATE];
  if (server === undefined || template === undefined) {
    throw new Error('There is no test server: run the tests through npm test, which starts one.');
  }
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: urlOf(server, name),
    close: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
