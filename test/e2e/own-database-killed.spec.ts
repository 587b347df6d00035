import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cdrs } from '../harness/chain.js';
import { isAlive } from '../harness/is-alive.js';
import type { Pbx } from '../harness/pbx.js';
import type { ProductProcess } from '../harness/product.js';
import { StandaloneHome } from '../harness/standalone-home.js';
import { until } from '../harness/until.js';

const CALLS = 120;
const KILLS = 2;
const CONCURRENCY = 4;
/** Under way, and read ahead: told to the CRM, but not written down any more. */
const IN_HAND = 5 * CONCURRENCY;
const STARTS_AGAIN_WITHIN_MS = 30_000;
/** What was being drained when the database died waits for its lease, of 10 s, to run out. */
const DELIVERS_AGAIN_WITHIN_MS = 25_000;
const GIVES_UP_WITHIN_MS = 90_000;

describe('when the PostgreSQL of standalone dies', () => {
  let home: StandaloneHome;
  let app: ProductProcess;
  let pbx: Pbx;

  beforeEach(async () => {
    home = await StandaloneHome.open();
    app = await home.start();
    await home.setUp(app, await home.shownKey(app), CONCURRENCY);
    pbx = home.pbx(() => app);
  });
  afterEach(async () => {
    await pbx.close();
    await home.close();
  });

  const live = async () => (await fetch(app.url('/health/live'))).status;
  const ready = async () => (await fetch(app.url('/health/ready'))).status;

  async function killDatabase(): Promise<number> {
    const pid = await home.serverPid();
    process.kill(pid, 'SIGKILL');
    await until('it to be dead', () => !isAlive(pid));
    return pid;
  }

  it('starts it again and says so; what was acknowledged is delivered, and once', async () => {
    const sending = pbx.sendAll(cdrs(CALLS));
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const before = home.crm.delivered.length;
      await until(
        'some to be delivered',
        () => home.crm.delivered.length >= before + 10,
        DELIVERS_AGAIN_WITHIN_MS,
      );
      const killed = await killDatabase();
      await until(
        'another one to be ready',
        async () => {
          expect(await live()).toBe(200);
          return (await home.serverPid()) !== killed && (await ready()) === 200;
        },
        STARTS_AGAIN_WITHIN_MS,
      );
      expect(app.stderr.match(/the database ended \(signal SIGKILL\); starting it again in/g)).toHaveLength(
        kill,
      );
      expect(app.stderr.match(/the database is there again, after/g)).toHaveLength(kill);
    }
    expect(app.stdout).toContain('"event":"database.ended"');
    expect(app.stdout).toContain('"event":"database.started_again"');
    await sending;
    expect(pbx.accepted).toHaveLength(CALLS);
    expect(new Set(pbx.refusals.map(({ status }) => status))).toEqual(new Set([503]));
    await until('all to be delivered', () => home.crm.deliveredCalls.size === CALLS, 45_000);
    expect(home.crm.deliveredCalls).toEqual(new Set(pbx.accepted));
    const ends = home.crm.delivered.filter(({ event }) => event.type === 'call.ended');
    expect(new Set(ends.map(({ headers }) => headers['webhook-id'])).size).toBe(CALLS);
    expect(home.crm.duplicates.length).toBeLessThanOrEqual(KILLS * IN_HAND);
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(isAlive(await home.serverPid())).toBe(false);
  });

  it('ends with one sentence and code 1 when it cannot be started again, and harms nothing', async () => {
    const [first, second] = [cdrs(3), cdrs(3)];
    await pbx.sendAll(first);
    await until('they to be delivered', () => home.crm.deliveredCalls.size === first.length);
    const [cluster, aside] = [join(home.dataDir, 'postgres'), join(home.dataDir, 'moved')];
    await killDatabase();
    await rename(cluster, aside);
    expect(await app.ended(GIVES_UP_WITHIN_MS)).toEqual({ code: 1, signal: null });
    expect(app.stderr.match(/the database did not start: .* The next try is in/g)).toHaveLength(5);
    expect(app.stderr.trim().split('\n').at(-1)).toMatch(
      /^switchhook standalone: The database ended and could not be kept up, after 6 tries: .*the database in it is gone/,
    );
    expect(app.stderr).not.toContain('    at ');
    await rename(aside, cluster);
    app = await home.start();
    await pbx.sendAll(second);
    await until(
      'those to be delivered too',
      () => home.crm.deliveredCalls.size === first.length + second.length,
    );
    await app.stop();
  });

  it('is alive but not ready while it is frozen, and goes on when it thaws', async () => {
    const server = await home.serverPid();
    await pbx.sendAll(cdrs(1));
    await until('sessions to be there', async () => (await childrenOf(server)).length > 3);
    // The server first: while it stands it starts no session that would be missing among its children.
    tell(server, 'SIGSTOP');
    const sessions = await childrenOf(server);
    try {
      for (const pid of sessions) tell(pid, 'SIGSTOP');
      await until('it not to be ready', async () => (await ready()) === 503);
      expect(await live()).toBe(200);
    } finally {
      for (const pid of [server, ...sessions]) tell(pid, 'SIGCONT');
    }
    await until('it to be ready again', async () => (await ready()) === 200);
    expect(app.stderr).not.toContain('the database ended');
    await app.stop();
  });
});

/** A session, or a worker of autovacuum, may have ended by itself in the meantime. */
function tell(pid: number, signal: NodeJS.Signals): void {
  if (isAlive(pid)) process.kill(pid, signal);
}

async function childrenOf(pid: number): Promise<number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.trim().split(' ').filter(Boolean).map(Number);
}
