import { percentiles } from '../../apps/simulator/index.js';
import { measureAsk } from '../measure/measure-ask.js';
import { resultOf } from '../result.js';
import { insertIvrFlows } from '../stage/ivr-flows.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

/** Callers in a menu that we keep: what they press is remembered before they are answered, and the enricher makes calls of them. */
export const ivr: Workload = {
  name: 'IVR',
  about:
    'what a caller hears next, asked at --rate for --seconds: latency of the replies, each of them checked',
  rate: 500,
  run: async (surroundings) => {
    const { options, say } = surroundings;
    const stage = await openStage({ apps: ['ingress', 'enricher'], fanOut: 0 }, surroundings);
    say('inserting flows');
    await insertIvrFlows(stage);
    const urls = stage.tenants.map((tenant) => tenant.urls['ivr'] as string);
    const { rate, seconds, lanes } = options;
    const shape = { questions: 'ivr', loop: 'open', rate, seconds, lanes, urls } as const;
    const { wrong, ...measured } = await measureAsk(stage, shape, surroundings);
    const replyMs = percentiles(measured.judgement.ingestMs);
    return { ...resultOf('IVR', measured, { ...options, loop: 'open' }), replyMs, wrong };
  },
};
