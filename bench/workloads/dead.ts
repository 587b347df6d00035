import { percentiles } from '../../apps/simulator/index.js';
import { measureRun } from '../measure/measure-run.js';
import { resultOf } from '../result.js';
import { owedToNobody } from '../stage/dead-endpoint.js';
import { APPS } from '../stage/product.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

const WAITING = 100_000;
const SECOND = 1000;

/**
 * The same load twice: first with nothing else, for the baseline, then while very much is owed to one endpoint that is dead.
 * `owedToTheDead` tells how often that one was tried meanwhile.
 */
export const dead: Workload = {
  name: 'DEAD',
  about:
    'a dead endpoint with 100,000 waiting deliveries: how often it is tried, and what the others feel of it',
  rate: 500,
  run: async (surroundings) => {
    const { options, say, unwind } = surroundings;
    const { rate, seconds, lanes } = options;
    const stage = await openStage({ apps: APPS, fanOut: 1 }, surroundings);
    const order = { loop: 'open', rate, seconds, lanes } as const;
    const baseline = await measureRun(stage, order, surroundings);
    await stage.sink.ask('reset', undefined);

    say(`owing ${String(WAITING)} deliveries to an endpoint that is not there`);
    const nobody = await owedToNobody(stage, WAITING);
    unwind.add('the look at the dead endpoint', () => nobody.close());
    // The load as it warms up gives it the time to be found dead.
    let before = 0;
    let begunMs = 0;
    const begin = async () => {
      before = await nobody.attempts();
      begunMs = performance.now();
    };
    const measured = await measureRun(stage, order, surroundings, begin);
    const attempts = (await nobody.attempts()) - before;
    const lasted = (performance.now() - begunMs) / SECOND;
    return {
      ...resultOf('DEAD', measured, { ...options, loop: 'open' }),
      healthyEndToEndMs: percentiles(measured.judgement.endToEndMs),
      baselineEndToEndMs: percentiles(baseline.judgement.endToEndMs),
      owedToTheDead: {
        waiting: WAITING,
        attempts,
        attemptsPerSecond: Math.round((attempts / lasted) * 1000) / 1000,
      },
    };
  },
};
