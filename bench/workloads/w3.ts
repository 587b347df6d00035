import { percentiles } from '../../apps/simulator/index.js';
import { measureRun, type Measured } from '../measure/measure-run.js';
import { resultOf } from '../result.js';
import { APPS } from '../stage/product.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

const SECOND = 1000;
const SHARE_THAT_HANGS = 0.1;
const HANG_MS = 10 * SECOND;

/**
 * The same load twice over the same tenants: once with nobody hanging, for the baseline, once while every answer of a tenth
 * of the endpoints takes 10 s. The hanging ones heal when the load ends, so that what they are owed can be counted.
 */
export const w3: Workload = {
  name: 'W3',
  about:
    '10 % of endpoints hang 10 s at --rate for --seconds: the healthy ones against a run without hanging',
  run: async (surroundings) => {
    const { options } = surroundings;
    const { rate, seconds, lanes } = options;
    const stage = await openStage({ apps: APPS, fanOut: 1 }, surroundings);
    const names = stage.tenants.flatMap(({ endpoints }) => endpoints.map(({ name }) => name));
    const hanging = new Set(names.slice(0, Math.max(1, Math.round(names.length * SHARE_THAT_HANGS))));
    const order = { loop: 'open', rate, seconds, lanes } as const;

    const baseline = await measureRun(stage, order, surroundings);
    await stage.sink.ask('reset', undefined);
    surroundings.say(`${String(hanging.size)} of ${String(names.length)} endpoints hang now`);
    const slow = { status: 200, delayMs: HANG_MS };
    for (const name of hanging) {
      await stage.setScript(name, { windows: [{ untilMs: seconds * SECOND, answer: slow }] });
    }
    const unheated = { ...surroundings, options: { ...options, warmUpSeconds: 0 } };
    const measured = await measureRun(stage, order, unheated);
    return {
      ...resultOf('W3', measured, { ...options, loop: 'open' }),
      healthyEndToEndMs: percentiles(
        timesOf(
          measured,
          names.filter((name) => !hanging.has(name)),
        ),
      ),
      baselineEndToEndMs: percentiles(
        timesOf(
          baseline,
          names.filter((name) => !hanging.has(name)),
        ),
      ),
    };
  },
};

function timesOf({ judgement }: Measured, names: readonly string[]): number[] {
  return names.flatMap((name) => judgement.endToEndMsAt.get(name) ?? []);
}
