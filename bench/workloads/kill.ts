import { setTimeout as delay } from 'node:timers/promises';
import { percentiles, sharedNowMs } from '../../apps/simulator/index.js';
import { measureRun } from '../measure/measure-run.js';
import { resultOf } from '../result.js';
import { APPS } from '../stage/product.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

const SECOND = 1000;
const DOWN_MS = 2 * SECOND;
const WORKERS = ['enricher', 'forwarder'] as const;

/**
 * Half-way through a steady load every worker is killed with SIGKILL, and started again two seconds later, while ingress goes
 * on. `inFlight` tells of what had been sent by then and was not delivered: when it came, counted from the restart.
 */
export const kill: Workload = {
  name: 'KILL',
  about: 'W1, with a kill -9 of every worker half-way: what was in flight, counted from the restart',
  run: async (surroundings) => {
    const { options, signal } = surroundings;
    const { rate, seconds, lanes } = options;
    const stage = await openStage({ apps: APPS, fanOut: 1 }, surroundings);
    const { product } = stage;
    if (!product || options.standalone) throw new RangeError('KILL kills workers that are processes.');
    let [killedMs, restartedMs] = [0, 0];
    const killAndRestart = async () => {
      await delay((seconds * SECOND) / 2, undefined, { signal });
      for (const app of WORKERS) product.child(app).kill('SIGKILL');
      killedMs = sharedNowMs();
      await delay(DOWN_MS, undefined, { signal });
      restartedMs = sharedNowMs();
      await Promise.all(WORKERS.map((app) => product.start(app, signal)));
    };
    const order = { loop: 'open', rate, seconds, lanes } as const;
    const measured = await measureRun(stage, order, surroundings, killAndRestart);
    const inFlight = measured.judgement.deliveries
      .filter(({ sentMs, receivedMs }) => sentMs < killedMs && receivedMs > killedMs)
      .map(({ receivedMs }) => Math.max(0, receivedMs - restartedMs));
    return {
      ...resultOf('KILL', measured, { ...options, loop: 'open' }),
      inFlight: { count: inFlight.length, msFromRestart: percentiles(inFlight) },
    };
  },
};
