import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lookupNumber } from '#domain';
import { DIALECTS } from '#dialects';
import { ReceiptInbox } from '#db';
import { projectRoot } from '#platform';
import { orderErasure } from '../builders/erasure.js';
import { receipt } from '../builders/receipt.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { ErasureRig } from '../harness/erasure-rig.js';
import { makeConnection, makeTenant } from '../harness/tenant.js';
import { tracesLeft } from '../harness/traces-left.js';
import { openWorld, type World } from '../harness/world.js';

const TYPES: Record<string, string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  xml: 'text/xml',
};
const WITHIN_MS = 180_000;
const ISRAEL = '+972';

interface Example {
  route: string;
  query: string;
  body: string;
  contentType: string | undefined;
}

function examplesOf(dialect: string, routes: readonly string[]): Example[] {
  const folder = join(projectRoot(), 'libs/dialects/src', dialect, 'fixtures');
  return routes.flatMap((route) =>
    readdirSync(join(folder, route), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => {
        const text = readFileSync(join(folder, route, name), 'utf8').trim();
        const kind = name.slice(name.lastIndexOf('.') + 1);
        const inUrl = kind === 'query';
        return { route, query: inUrl ? text : '', body: inUrl ? '' : text, contentType: TYPES[kind] };
      }),
  );
}

describe('an erasure of what every vendor sends', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))(
    'leaves nothing of any number in the examples of %s',
    async (name, dialect) => {
      const tenant = await makeTenant(world.sql);
      const connection = await makeConnection(world.sql, tenant, { dialect: name });
      const examples = examplesOf(name, dialect.routes);
      const inbox = new ReceiptInbox(world.hot);
      for (const { contentType, ...request } of examples) {
        const headers = { 'content-type': contentType };
        await inbox.keep(
          receipt(connection, { ...request, method: request.body === '' ? 'GET' : 'POST', headers }),
        );
      }
      await new EnricherRig(world).drain(connection);
      await world.sql.rows('UPDATE call SET settle_at = NULL WHERE tenant_id = $1', [tenant]);
      const calls = await world.sql.rows<{ number: string }>(
        'SELECT DISTINCT customer_number AS number FROM call WHERE tenant_id = $1',
        [tenant],
      );
      const numbers = new Set(calls.flatMap(({ number }) => lookupNumber(number, 'IL') ?? []));
      expect(numbers.size).toBeGreaterThan(0);

      const rig = new ErasureRig(world);
      for (const number of numbers) {
        const digits = number.startsWith(ISRAEL) ? number.slice(ISRAEL.length) : number.slice(1);
        expect(await tracesLeft(world.sql, tenant, digits)).not.toEqual([]);
        await rig.drain(await orderErasure(world.sql, tenant, { number, state: 'telling' }));
        expect([number, await tracesLeft(world.sql, tenant, digits)]).toEqual([number, []]);
      }
    },
    WITHIN_MS,
  );
});
