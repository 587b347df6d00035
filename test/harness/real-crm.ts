/** CRMs of other makers, each installed by a script beside the project. Where one cannot be had its tests are passed over aloud. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { freePort } from './free-port.js';
import { SERVER, onServer, urlOf } from './global-setup.js';
import { isAlive } from './is-alive.js';
import { until } from './until.js';
import { hasProgram } from './with-program.js';

const STARTS_WITHIN_MS = 60_000;

export interface RealCrm {
  url: string;
  /** What its script left in its folder. */
  read(file: string): string;
  close(): Promise<void>;
}

/**
 * Null, said aloud, where the script or the Python that it wants is missing. Where CI runs, the Python has to be there.
 *
 * @param python  empty: this machine has none that would do
 */
export function realCrmScript(name: string, python: string): string | null {
  const script = join(projectRoot(), '..', 'shared', 'real-crms', `${name}.sh`);
  const lacks = !isReadable(script)
    ? script
    : python === ''
      ? 'its Python'
      : hasProgram(python)
        ? null
        : python;
  if (lacks === null) return script;
  process.stderr.write(`\n*** SKIPPED: ${lacks} is missing, so no real ${name} is tested. ***\n\n`);
  return null;
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param env  what the script wants to be told */
export async function openRealCrm(script: string, env: Record<string, string> = {}): Promise<RealCrm> {
  const [folder, port] = [await mkdtemp(join(tmpdir(), 'switchhook-crm-')), await freePort()];
  const url = `http://127.0.0.1:${String(port)}`;
  const read = (file: string) => readFileSync(join(folder, file), 'utf8').trim();
  const close = async () => {
    const pid = isReadable(join(folder, 'pid')) ? Number(read('pid')) : undefined;
    if (pid !== undefined && isAlive(pid)) {
      process.kill(pid, 'SIGTERM');
      await until(`process ${String(pid)} to end`, () => !isAlive(pid), STARTS_WITHIN_MS);
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await run(script, [folder, String(port)], { ...process.env, ...env });
    await until('the CRM to answer', () => fetch(url).then(() => true), STARTS_WITHIN_MS);
    return { url, read, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Its output goes to nobody: the server that it leaves behind holds on to it. */
async function run(script: string, words: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn('bash', [script, ...words], { env, stdio: 'ignore' });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
}

/** A database with a login of its own that is no superuser, in the variables that the script wants. */
export async function databaseForCrm(): Promise<{ env: Record<string, string>; drop: () => Promise<void> }> {
  const server = process.env[SERVER] ?? '';
  const name = `crm_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE ROLE ${name} LOGIN PASSWORD '${name}'`);
  await onServer(server, `CREATE DATABASE ${name} OWNER ${name}`);
  const { hostname, port } = new URL(urlOf(server, name));
  return {
    env: { DBHOST: hostname, DBPORT: port, DBUSER: name, DBPASSWORD: name, DBNAME: name },
    drop: async () => {
      await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
      await onServer(server, `DROP ROLE ${name}`);
    },
  };
}
