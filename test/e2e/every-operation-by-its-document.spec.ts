import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { makeTenant } from '../harness/tenant.js';
import { Product, type ProductProcess } from '../harness/product.js';
import { runSchemathesis } from '../harness/run-schemathesis.js';
import { withProgram } from '../harness/with-program.js';
import { openWorld, type World } from '../harness/world.js';

const OPERATOR_KEY = `sk_op_${'k'.repeat(43)}`;
/** What it asks is bounded by number; on two cores that do other things as well it takes five minutes. */
const LONGEST_MS = 15 * 60_000;

let world: World;
let product: Product;
let api: ProductProcess;
beforeAll(async () => {
  world = await openWorld();
  product = new Product({ DATABASE_URL: world.url, ADMIN_KEY: OPERATOR_KEY, API_RATE_PER_MINUTE: '1000000' });
  api = await product.start('api');
});
afterAll(async () => {
  await product.close();
  await world.close();
});

describe('every operation of the API', () => {
  withProgram('schemathesis')(
    'answers as its OpenAPI document says, whatever is asked of it',
    async () => {
      const tenant = await makeTenant(world.sql, 'Acme');
      const headers = { authorization: `Bearer ${OPERATOR_KEY}`, 'switchhook-tenant': tenant };
      const { code, output } = await runSchemathesis(api.url('/docs/json'), headers);
      expect(code === 0 ? '' : output).toBe('');
    },
    LONGEST_MS,
  );
});
