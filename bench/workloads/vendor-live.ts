import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { percentiles, sharedNowMs } from '../../apps/simulator/index.js';
import { Forked } from '../forked.js';
import { judgeEvents, type EventsJudged } from '../measure/judge-events.js';
import { measureAsk, type MeasuredAsk } from '../measure/measure-ask.js';
import { usageOf } from '../measure/process-usage.js';
import { resultOf } from '../result.js';
import { insertAgents } from '../stage/agents.js';
import { insertContacts } from '../stage/contacts.js';
import { openStage, type Stage, type Surroundings } from '../stage/stage.js';
import { makeCode } from '../stage/tenants.js';
import type { VendorHarvest, VendorSocketAnswers } from '../vendor-socket-process.js';
import type { Workload } from './workload.js';

const LOOK_EVERY_MS = 250;
/** Sockets, and so agents, of a tenant; as in an office of some size. */
const EACH = 20;
const MOST_SOCKETS = 1_000;

/** Calls that ring, are answered and end, and clients of the vendor's realtime channel that follow all of their connection. */
export const vendorLive: Workload = {
  name: 'VENDOR-LIVE',
  about: `calls told at --rate for --seconds to ${String(MOST_SOCKETS)} or fewer --sockets of vendors' clients, ${String(EACH)} a tenant: latency at each socket`,
  rate: 60,
  run: async (surroundings) => {
    const { options, unwind, say } = surroundings;
    const tenants = Math.max(1, Math.round(Math.min(options.sockets, MOST_SOCKETS) / EACH));
    const staged = { ...surroundings, options: { ...options, tenants } };
    const stage = await openStage({ apps: ['ingress', 'enricher', 'api'], fanOut: 0 }, staged);
    say('inserting contacts and agents');
    await insertContacts(stage);
    await insertAgents(stage, EACH);
    const clients = new Forked<VendorSocketAnswers>(
      fileURLToPath(new URL('../vendor-socket-process.js', import.meta.url)),
    );
    unwind.add('the clients', () => clients.stop());
    say(`opening ${String(tenants * EACH)} sockets`);
    await clients.ask('open', await clientsOf(stage));

    const urls = stage.tenants.map((tenant) => tenant.urls['popup'] as string);
    const { rate, seconds, lanes } = options;
    const shape = { questions: 'course', loop: 'open', rate, seconds, lanes, urls, agents: EACH } as const;
    const before = await usageOf(clients.pid);
    const { wrong, ...measured } = await measureAsk(stage, shape, staged);
    const { strays, lateMs, ...judged } = await whenAllCame(clients, measured.asked, staged);
    const { owed, lost, duplicates, socketMs } = judged;
    const after = await usageOf(clients.pid);
    const cpuSeconds = { ...measured.cpuSeconds, sockets: after.cpuSeconds - before.cpuSeconds };
    return {
      ...resultOf('VENDOR-LIVE', { ...measured, cpuSeconds }, { ...staged.options, loop: 'open' }),
      delivered: owed - lost,
      lost,
      duplicates,
      replyMs: percentiles(measured.judgement.ingestMs),
      wrong: wrong + strays,
      socketMs: percentiles(socketMs),
      sockets: { count: tenants * EACH, events: socketMs.length, lateMs },
    };
  },
};

async function clientsOf({ product, tenants }: Stage) {
  if (!product) throw new Error('The floor has no live channel.');
  const api = { apiUrl: product.url('api'), adminKey: product.adminKey };
  const codes = await Promise.all(tenants.map((tenant) => makeCode(api, tenant, ['realtime'])));
  return { apiUrl: api.apiUrl, codes, each: EACH };
}

/** Waits until everything came, or nothing has for so long that the rest is lost. */
async function whenAllCame(
  clients: Forked<VendorSocketAnswers>,
  asked: MeasuredAsk['asked'],
  { options, signal }: Pick<Surroundings, 'options' | 'signal'>,
): Promise<EventsJudged & Pick<VendorHarvest, 'strays' | 'lateMs'>> {
  let count = -1;
  let quietSinceMs = sharedNowMs();
  for (;;) {
    signal.throwIfAborted();
    const { strays, lateMs, ...came } = await clients.ask('harvest', asked.prefix);
    const judged = { ...judgeEvents(asked, came, EACH), strays, lateMs };
    if (came.questions.length !== count) quietSinceMs = sharedNowMs();
    count = came.questions.length;
    if (judged.lost === 0 || sharedNowMs() - quietSinceMs > options.drainSeconds * 1_000) return judged;
    await delay(LOOK_EVERY_MS);
  }
}
