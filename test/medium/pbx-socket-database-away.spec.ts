import pg from 'pg';
import { DbModule } from '#db';
import { createLog, readEnv, startProcess, type RunningProcess } from '#platform';
import { QueuesModule } from '#queues';
import { ingressRoutes } from '../../apps/ingress/ingress-routes.js';
import { OpenSockets } from '../../apps/ingress/socket/open-sockets.js';
import { IngressModule } from '../../apps/ingress/ingress.module.js';
import { SocketPbx, begun } from '../harness/socket-pbx.js';
import { StoppableDatabase } from '../harness/stoppable-database.js';
import { SECRET_KEYS, makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';
import { Sql } from '../harness/world.js';

let database: StoppableDatabase;
let pool: pg.Pool;
let running: RunningProcess;
let connection: TestConnection;

beforeAll(async () => {
  database = await StoppableDatabase.start();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => undefined);
  const sql = new Sql(pool);
  connection = await makeConnection(sql, await makeTenant(sql), { dialect: 'asterisk' });
  const env = readEnv({ HOST: '127.0.0.1', PORT: '0', SECRET_KEYS });
  const imports = [DbModule.with(database.url), QueuesModule.with(database.url), IngressModule];
  running = await startProcess('ingress', env, { imports, raw: ingressRoutes }, createLog('silent', 'test'));
});
afterAll(async () => {
  await running.close();
  await pool.end();
  await database.close();
});

const numbersKept = async () => {
  const { rows } = await pool.query<{ body: Buffer }>(
    'SELECT body FROM receipt WHERE connection_id = $1 ORDER BY id',
    [connection.id],
  );
  return rows.map(({ body }) => (JSON.parse(body.toString()) as { index: number }).index);
};

it('what a PBX told while the database is away is kept, though the PBX dials again meanwhile', async () => {
  const url = `ws://127.0.0.1:${new URL(running.url).port}${connection.basePath}/ari`;
  const first = await SocketPbx.open(url);
  first.tell({ ...begun('c1'), index: 0 });
  await until('the first to be kept', async () => (await numbersKept()).length === 1);
  await database.stop();
  for (let index = 1; index <= 300; index += 1) first.tell({ ...begun('c1'), index });
  // Whoever comes now, with a URL that is known without a look, does not push out what was heard.
  const sockets = running.app.get(OpenSockets);
  const of = { tenantId: connection.tenantId, connectionId: connection.id, line: 1 as const };
  await expect(
    sockets.take(of, { sourceIp: null, remote: null }, () => Promise.resolve(undefined)),
  ).rejects.toMatchObject({ code: 'ingress.busy' });
  await expect(SocketPbx.open(url)).rejects.toThrow('503');
  await database.startAgain();
  const again = await until(
    'the PBX to be let in again',
    () => SocketPbx.open(url).catch(() => undefined),
    30_000,
  );
  again.tell({ ...begun('c1'), index: 301 });
  await until('all to be kept', async () => (await numbersKept()).length >= 302, 20_000);
  expect(await numbersKept()).toEqual(Array.from({ length: 302 }, (_, index) => index));
  await again.end();
});
