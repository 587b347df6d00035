import { measureRun } from '../measure/measure-run.js';
import { resultOf } from '../result.js';
import { APPS } from '../stage/product.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

/** One endpoint for each tenant, webhooks at a steady rate whatever the answers do. */
export const w1: Workload = {
  name: 'W1',
  about: 'fan-out 1 at --rate for --seconds: latency',
  run: async (surroundings) => {
    const { options } = surroundings;
    const stage = await openStage({ apps: APPS, fanOut: 1 }, surroundings);
    const { rate, seconds, lanes } = options;
    const measured = await measureRun(stage, { loop: 'open', rate, seconds, lanes }, surroundings);
    return resultOf('W1', measured, { ...options, loop: 'open' });
  },
};
