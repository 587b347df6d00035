import { ConnectionDirectory } from '#db';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

describe('the directory of connections', () => {
  let world: World;
  let connection: TestConnection;
  let now: number;
  let directory: ConnectionDirectory;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    connection = await makeConnection(world.sql, await makeTenant(world.sql));
    now = Date.now();
    directory = new ConnectionDirectory(world.hot, () => now);
  });

  /** Statements that it needed for this. */
  async function cost(work: () => Promise<unknown>): Promise<number> {
    const count = async () => {
      const { values } = await world.metrics.statements.get();
      return values.find(({ labels }) => labels.statement === 'token.find')?.value ?? 0;
    };
    const before = await count();
    await work();
    return (await count()) - before;
  }

  it('asks for those that are in use together, before their answers are too old', async () => {
    const others = await Promise.all(
      Array.from({ length: 20 }, () => makeConnection(world.sql, connection.tenantId)),
    );
    const tokens = [connection, ...others].map(({ token }) => token);
    await Promise.all(tokens.map((token) => directory.byToken(token)));
    now += 1_500;
    expect(await cost(() => directory.renew())).toBe(1);
    now += 1_500;
    const all = () => Promise.all(tokens.map((token) => directory.byToken(token)));
    expect(await cost(all)).toBe(0);
    expect((await all()).map((one) => one?.connectionId)).toEqual(
      [connection, ...others].map(({ id }) => id),
    );
  });

  it('knows what was changed meanwhile', async () => {
    await directory.byToken(connection.token);
    await world.sql.rows('UPDATE connection SET enabled = false WHERE id = $1', [connection.id]);
    now += 1_500;
    await directory.renew();
    expect(await directory.byToken(connection.token)).toMatchObject({ enabled: false });
    await world.sql.rows(
      `UPDATE connection_token SET expires_at = now() - interval '1 s' WHERE connection_id = $1`,
      [connection.id],
    );
    now += 1_500;
    await directory.renew();
    expect(await directory.byToken(connection.token)).toBeUndefined();
  });

  it('trusts no answer that is older than two seconds, when nothing renews it', async () => {
    await directory.byToken(connection.token);
    await world.sql.rows('UPDATE connection SET enabled = false WHERE id = $1', [connection.id]);
    now += 2_000;
    expect(await directory.byToken(connection.token)).toMatchObject({ enabled: false });
  });

  it('asks no more for one that nobody uses, nor for what was nobody’s', async () => {
    await directory.byToken(connection.token);
    await directory.byToken('nobody');
    now += 1_500;
    expect(await cost(() => directory.renew())).toBe(1);
    now += 20_000;
    expect(await cost(() => directory.renew())).toBe(0);
  });
});
