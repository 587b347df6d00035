import { setTimeout as delay } from 'node:timers/promises';
import { sharedNowMs } from '../../apps/simulator/index.js';
import { measureRun } from '../measure/measure-run.js';
import { peakPerSecond } from '../measure/peak-rate.js';
import { resultOf } from '../result.js';
import { APPS } from '../stage/product.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const ILL_MS = 30 * SECOND;
/** What each endpoint may get, as a multiple of what it is owed while all is well. */
const HEADROOM = 3;

/**
 * All endpoints answer 500 for half a minute, then heal. Each has a rate limit, which what was held up must not break.
 * `afterHealing` says how long the draining took and what the busiest second of one endpoint was.
 */
export const w4: Workload = {
  name: 'W4',
  about: 'all endpoints answer 500 for 30 s, then heal: time to drain, and the peak at one endpoint',
  run: async (surroundings) => {
    const { options, signal } = surroundings;
    const { rate, seconds, lanes, tenants } = options;
    const limitPerSecond = Math.ceil((rate / tenants) * HEADROOM);
    const ratePerMinute = (limitPerSecond * MINUTE) / SECOND;
    const stage = await openStage({ apps: APPS, fanOut: 1, ratePerMinute }, surroundings);
    const names = stage.tenants.flatMap(({ endpoints }) => endpoints.map(({ name }) => name));
    let healedMs = 0;
    const fallIllAndHeal = async () => {
      const ill = { windows: [{ untilMs: ILL_MS, answer: 500 }] };
      for (const name of names) await stage.setScript(name, ill);
      await delay(ILL_MS, undefined, { signal });
      healedMs = sharedNowMs();
    };
    const order = { loop: 'open', rate, seconds, lanes } as const;
    const measured = await measureRun(stage, order, surroundings, fallIllAndHeal);
    const harvest = await stage.sink.ask('harvest', undefined);
    return {
      ...resultOf('W4', measured, { ...options, loop: 'open' }),
      afterHealing: {
        drainSeconds: Math.round(Math.max(0, measured.judgement.lastDeliveryMs - healedMs) / 100) / 10,
        limitPerSecond,
        peakPerSecond: peakPerSecond(harvest),
      },
    };
  },
};
