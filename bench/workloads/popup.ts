import { percentiles } from '../../apps/simulator/index.js';
import { measureAsk } from '../measure/measure-ask.js';
import { resultOf } from '../result.js';
import { insertContacts } from '../stage/contacts.js';
import { openStage } from '../stage/stage.js';
import type { Workload } from './workload.js';

/** Phones that ring at a steady rate, half of the callers known. The enricher makes calls of them meanwhile. */
export const popup: Workload = {
  name: 'POPUP',
  about: 'who is calling, asked at --rate for --seconds: latency of the replies, each of them checked',
  rate: 500,
  run: async (surroundings) => {
    const { options, say } = surroundings;
    const stage = await openStage({ apps: ['ingress', 'enricher'], fanOut: 0 }, surroundings);
    say('inserting contacts');
    await insertContacts(stage);
    const urls = stage.tenants.map((tenant) => tenant.urls['popup'] as string);
    const { rate, seconds, lanes } = options;
    const shape = { questions: 'popup', loop: 'open', rate, seconds, lanes, urls } as const;
    const { wrong, ...measured } = await measureAsk(stage, shape, surroundings);
    const replyMs = percentiles(measured.judgement.ingestMs);
    return { ...resultOf('POPUP', measured, { ...options, loop: 'open' }), replyMs, wrong };
  },
};
