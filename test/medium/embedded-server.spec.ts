import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { EmbeddedServer } from '#db';
import { projectRoot } from '#platform';
import { isAlive } from '../harness/is-alive.js';
import { until } from '../harness/until.js';

const run = promisify(execFile);

/** Starts a server on argv[1], says its URL and pid, and stays until it is killed. */
const HOLDER = `
import { EmbeddedServer } from '#db';
const server = await EmbeddedServer.start({ dataDir: process.argv[1] });
console.log(JSON.stringify({ pid: server.pid, url: server.url('postgres') }));
setInterval(() => {}, 1e6);`;

describe('the embedded server', () => {
  let dataDir: string;
  const cleanUps: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'switchhook-embedded-'));
    await chmod(dataDir, 0o755);
  });
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(folder = dataDir, said: string[] = []): Promise<EmbeddedServer> {
    const server = await EmbeddedServer.start({ dataDir: folder, onProgress: (line) => said.push(line) });
    cleanUps.push(() => server.stop());
    return server;
  }

  /** Another process that holds a server. */
  async function holder(as: { uid?: number; gid?: number } = {}) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, dataDir], {
      cwd: projectRoot(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...as,
    });
    let [said, complained] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    const gone = once(child, 'exit');
    cleanUps.push(() => {
      child.kill('SIGKILL');
      return gone;
    });
    await until(
      'the holder to start its server',
      () => {
        if (child.exitCode !== null) throw new Error(complained);
        return said.includes('\n');
      },
      30_000,
    );
    const server = JSON.parse(said) as { pid: number; url: string };
    cleanUps.push(() => stopServer(server.pid));
    return { ...server, kill: () => (child.kill('SIGKILL'), gone) };
  }

  async function sql(url: string, statement: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  it('keeps its data over a restart', async () => {
    const first = await start();
    await first.ensureDatabase('ours');
    await first.ensureDatabase('ours');
    await sql(first.url('ours'), 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();
    expect(await sql(second.url('ours'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('stops the server that a killed process left behind, says so, and has everything that it had committed', async () => {
    const killed = await holder();
    await sql(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await killed.kill();
    expect(isAlive(killed.pid)).toBe(true);
    const said: string[] = [];
    const server = await start(dataDir, said);
    expect(isAlive(killed.pid)).toBe(false);
    expect(said.join()).toContain(`pid ${killed.pid}`);
    expect(await sql(server.url('postgres'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('starts again after the server itself was killed', async () => {
    const first = await start();
    await sql(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    await until('it to be gone', () => !isAlive(first.pid));
    await first.stop();
    const second = await start();
    expect(await sql(second.url('postgres'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('starts again on its address although a session of the killed one is lost in a long computation', async () => {
    const server = await start();
    const url = server.url('postgres');
    await sql(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const lost = new pg.Client({ connectionString: url });
    lost.on('error', () => undefined);
    await lost.connect();
    const { rows } = await lost.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const computing = lost.query('DO $$ BEGIN LOOP NULL; END LOOP; END $$').catch(() => undefined);
    const active = `SELECT 1 FROM pg_stat_activity WHERE query LIKE 'DO %' AND state = 'active'`;
    await until('it to compute', async () => (await sql(url, active)).length > 0);
    const killed = server.pid;
    process.kill(killed, 'SIGKILL');
    expect(await server.ended).toBe('signal SIGKILL');
    expect(isAlive(Number(rows[0]?.pid))).toBe(true);
    await server.startAgain();
    await computing;
    expect(isAlive(Number(rows[0]?.pid))).toBe(false);
    expect(server.pid).not.toBe(killed);
    expect(await sql(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('makes no empty database in place of one that is gone', async () => {
    const server = await start();
    process.kill(server.pid, 'SIGKILL');
    await server.ended;
    await rm(server.clusterDir, { recursive: true });
    await expect(server.startAgain()).rejects.toMatchObject({ code: 'embedded.broken_data' });
    expect(existsSync(server.clusterDir)).toBe(false);
  });

  it('is not started by two processes on the same data, and leaves the first one’s alone', async () => {
    const first = await holder();
    await expect(start()).rejects.toMatchObject({
      code: 'embedded.data_in_use',
      message: expect.stringMatching(/^Another Switchhook \(pid \d+\) uses this data folder/) as string,
    });
    expect(await sql(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('does not stop a PostgreSQL of somebody else’s that has got the process number of one that died', async () => {
    const foreign = await start(await otherFolder());
    const ours = await start();
    await ours.stop();
    writeFileSync(join(ours.clusterDir, 'postmaster.pid'), `${foreign.pid}\n${ours.clusterDir}\n`);
    const again = await start();
    expect(isAlive(foreign.pid)).toBe(true);
    expect(await sql(again.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await sql(foreign.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('takes over the lock of a process that died, also when its number is another program’s by now', async () => {
    const killed = await holder();
    await killed.kill();
    const bystander = spawn('sleep', ['600'], { stdio: 'ignore' });
    cleanUps.push(() => {
      bystander.kill();
      return once(bystander, 'exit');
    });
    const lock = join(dataDir, 'switchhook.lock');
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(bystander.pid)));
    const server = await start();
    expect(await sql(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  describe('says in one sentence what is wrong', () => {
    const broken = async (breakIt: (clusterDir: string) => Promise<unknown>) => {
      const server = await start();
      await server.stop();
      await breakIt(server.clusterDir);
      const error = await start().then(
        () => undefined,
        (caught: unknown) => caught,
      );
      expect(error).toMatchObject({ fault: 'misconfigured' });
      const { message } = error as Error;
      expect(message).not.toContain('\n');
      expect(existsSync(join(dataDir, 'switchhook.lock'))).toBe(false);
      return message;
    };

    it('with data of which a part is missing', async () => {
      const message = await broken((clusterDir) => rm(join(clusterDir, 'global'), { recursive: true }));
      expect(message).toMatch(/PostgreSQL did not start on .*postgres: .*see .*postgres\.log/);
    });

    it('with data that was never finished', async () => {
      const message = await broken((clusterDir) => rm(join(clusterDir, 'PG_VERSION')));
      expect(message).toMatch(/^The data folder .* is broken \(the database in it is not complete\)/);
    });

    it('with a lost password', async () => {
      const message = await broken(() => rm(join(dataDir, 'postgres.password')));
      expect(message).toMatch(/^The data folder .* is broken \(postgres\.password is missing\)/);
    });

    it('with a folder that cannot be made', async () => {
      writeFileSync(join(dataDir, 'file'), '');
      await expect(start(join(dataDir, 'file/below'))).rejects.toMatchObject({
        code: 'embedded.no_folder',
        message: expect.stringContaining('set DATA_DIR') as string,
      });
    });
  });

  it('begins again after the making of the database was cut short', async () => {
    const first = await start();
    await first.stop();
    await run('mv', [first.clusterDir, `${first.clusterDir}.new`]);
    const second = await start();
    expect(await sql(second.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('keeps its password from everybody else', async () => {
    const server = await start();
    const password = (await readFile(join(dataDir, 'postgres.password'), 'utf8')).trim();
    expect(server.url('postgres')).toContain(password);
    const { stdout } = await run('stat', ['-c', '%a', join(dataDir, 'postgres.password'), server.clusterDir]);
    expect(stdout.trim().split('\n')).toEqual(['600', '700']);
    await expect(sql(server.url('postgres').replace(password, 'guess'), 'SELECT 1')).rejects.toThrow(
      /password/,
    );
  });

  it('works for root and for an ordinary user', async () => {
    const nobody = accountOf('nobody');
    if (process.getuid?.() !== 0 || !nobody) {
      process.stderr.write('\n*** Not run as root: the embedded server was tried as this user only. ***\n\n');
      await start();
      return;
    }
    await chown(dataDir, nobody.uid, nobody.gid);
    const theirs = await holder(nobody);
    expect(await sql(theirs.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(ownerOf(theirs.pid)).toBe(nobody.uid);
    const ours = await start(await otherFolder());
    expect(ownerOf(ours.pid)).toBe(accountOf('postgres')?.uid);
  });

  async function otherFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'switchhook-embedded-'));
    await chmod(folder, 0o755);
    cleanUps.push(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }
});

function accountOf(name: string): { uid: number; gid: number } | undefined {
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([first]) => first === name);
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]) };
}

function ownerOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

async function stopServer(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGINT');
  await until('the server to be gone', () => !isAlive(pid));
}
