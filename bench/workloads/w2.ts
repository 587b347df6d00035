import { measureRun } from '../measure/measure-run.js';
import { resultOf } from '../result.js';
import { APPS } from '../stage/product.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

const FAN_OUT = 10;

/** Ten endpoints for each tenant: one webhook becomes ten deliveries. */
export const w2: Workload = {
  name: 'W2',
  about: `fan-out ${FAN_OUT} at --rate for --seconds`,
  run: async (surroundings) => {
    const { options } = surroundings;
    const stage = await openStage({ apps: APPS, fanOut: FAN_OUT }, surroundings);
    const { rate, seconds, lanes } = options;
    const measured = await measureRun(stage, { loop: 'open', rate, seconds, lanes }, surroundings);
    return resultOf('W2', measured, { ...options, loop: 'open' });
  },
};
