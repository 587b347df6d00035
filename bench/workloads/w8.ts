import { percentiles } from '../../apps/simulator/index.js';
import { measureRun } from '../measure/measure-run.js';
import { resultOf } from '../result.js';
import { APPS } from '../stage/product.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

const SECOND = 1000;

/** As many webhooks as the ingress takes, and then the time until the last one is delivered. */
export const w8: Workload = {
  name: 'W8',
  about: 'saturation: --in-flight webhooks at a time for --seconds; with --ingest-only nobody is told',
  run: async (surroundings) => {
    const { options } = surroundings;
    const plan = options.ingestOnly ? ({ apps: ['ingress'], fanOut: 0 } as const) : { apps: APPS, fanOut: 1 };
    const stage = await openStage(plan, surroundings);
    const { seconds, lanes } = options;
    const measured = await measureRun(stage, { loop: 'closed', rate: 0, seconds, lanes }, surroundings);
    const { deliveries, firstSentMs } = measured.judgement;
    const halfMs = firstSentMs + (seconds * SECOND) / 2;
    const steady = deliveries.filter(({ sentMs }) => sentMs > halfMs);
    return {
      ...resultOf('W8', measured, { ...options, loop: 'closed' }),
      steadyEndToEndMs: percentiles(steady.map(({ sentMs, receivedMs }) => receivedMs - sentMs)),
    };
  },
};
