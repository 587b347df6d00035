import { setTimeout as delay } from 'node:timers/promises';
import { percentiles } from '../../apps/simulator/index.js';
import { measureAsk } from '../measure/measure-ask.js';
import { usageOf } from '../measure/process-usage.js';
import { resultOf } from '../result.js';
import { insertAgents } from '../stage/agents.js';
import { insertContacts } from '../stage/contacts.js';
import { openStage, type Surroundings } from '../stage/stage.js';
import { makeCode } from '../stage/tenants.js';
import type { Workload } from './workload.js';

const CALLS = 1_000;
const LOOKS = 100;
/** The phones begin to ring at this rate. */
const RATE = 250;
const LOOK_EVERY_MS = 100;

/** A thousand phones of one connection that ring, and software that asks again and again who is in a call. */
export const activeCalls: Workload = {
  name: 'ACTIVE-CALLS',
  about: `who is in a call, asked ${String(LOOKS)} times one after the other while ${String(CALLS)} calls of one connection go on`,
  run: async (surroundings) => {
    const { options, signal, say } = surroundings;
    const alone = { ...options, tenants: 1, warmUpSeconds: 0, rate: RATE, seconds: CALLS / RATE };
    const staged: Surroundings = { ...surroundings, options: alone };
    const stage = await openStage({ apps: ['ingress', 'enricher', 'api'], fanOut: 0 }, staged);
    const { product, tenants } = stage;
    const [tenant] = tenants;
    if (!product || !tenant) throw new Error('The floor knows no calls.');
    await insertContacts(stage);
    await insertAgents(stage, CALLS);
    const api = { apiUrl: product.url('api'), adminKey: product.adminKey };
    const code = await makeCode(api, tenant, ['read']);
    const url = `${api.apiUrl}/comet/API/GetExtensionsCalls?code=${code}`;
    const { rate, seconds, lanes } = alone;
    const urls = [tenant.urls['popup'] as string];
    const shape = { questions: 'live', loop: 'open', rate, seconds, lanes, urls, agents: CALLS } as const;
    const { wrong, ...measured } = await measureAsk(stage, shape, staged);
    while ((await look(url)).calls < measured.judgement.accepted) {
      signal.throwIfAborted();
      await delay(LOOK_EVERY_MS);
    }
    say(`${String(LOOKS)} looks at ${String(CALLS)} calls`);
    const before = await usageOf(product.child('api').pid);
    const looks: Look[] = [];
    while (looks.length < LOOKS) {
      signal.throwIfAborted();
      looks.push(await look(url));
    }
    const after = await usageOf(product.child('api').pid);
    const cpuMs = ((after.cpuSeconds - before.cpuSeconds) * 1_000) / LOOKS;
    say(`${String(Math.round(cpuMs))} ms of CPU of the api for each`);
    return {
      ...resultOf('ACTIVE-CALLS', measured, { ...alone, loop: 'open' }),
      wrong: wrong + looks.filter(({ calls }) => calls !== CALLS).length,
      replyMs: percentiles(looks.map(({ tookMs }) => tookMs)),
    };
  },
};

interface Look {
  calls: number;
  /** Until all of the answer was there. */
  tookMs: number;
}

async function look(url: string): Promise<Look> {
  const askedMs = performance.now();
  const response = await fetch(url);
  const text = await response.text();
  const tookMs = performance.now() - askedMs;
  const { EXTENSIONS = [] } = JSON.parse(text) as { EXTENSIONS?: { calls: unknown[] }[] };
  return { calls: EXTENSIONS.reduce((sum, { calls }) => sum + calls.length, 0), tookMs };
}
