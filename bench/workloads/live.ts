import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { percentiles, sharedNowMs } from '../../apps/simulator/index.js';
import { Forked } from '../forked.js';
import { judgePopups, type PopupsJudged } from '../measure/judge-popups.js';
import { measureAsk, type MeasuredAsk } from '../measure/measure-ask.js';
import { resultOf } from '../result.js';
import type { SocketAnswers } from '../socket-process.js';
import { insertAgents } from '../stage/agents.js';
import { insertContacts } from '../stage/contacts.js';
import { SECOND_API } from '../stage/product.js';
import { openStage, type Stage, type Surroundings } from '../stage/stage.js';
import type { Workload } from './workload.js';

const LOOK_EVERY_MS = 250;

/** Phones that ring, and the page of each agent, spread over two api processes: from the PBX's webhook to the socket. */
export const live: Workload = {
  name: 'LIVE',
  about: 'popups at --rate for --seconds to --sockets pages at two api processes: latency at the socket',
  rate: 200,
  run: async (surroundings) => {
    const { options, unwind, signal, say } = surroundings;
    const stage = await openStage({ apps: ['ingress', 'enricher', 'api'], fanOut: 0 }, surroundings);
    if (!stage.product) throw new Error('The floor has no live channel.');
    await stage.product.start(SECOND_API, signal);
    say('inserting contacts and agents');
    await insertContacts(stage);
    const agents = Math.ceil(options.sockets / stage.tenants.length);
    const ids = await insertAgents(stage, agents);
    const pages = new Forked<SocketAnswers>(fileURLToPath(new URL('../socket-process.js', import.meta.url)));
    unwind.add('the pages', () => pages.stop());
    say(`opening ${String(agents * stage.tenants.length)} pages`);
    await pages.ask('open', pagesOf(stage, ids));

    const urls = stage.tenants.map((tenant) => tenant.urls['popup'] as string);
    const { rate, seconds, lanes } = options;
    const shape = { questions: 'live', loop: 'open', rate, seconds, lanes, urls, agents } as const;
    const { wrong, ...measured } = await measureAsk(stage, shape, surroundings);
    const judged = await whenAllCame(pages, measured.asked, surroundings);
    const { owed, lost, duplicates, strays } = judged;
    return {
      ...resultOf('LIVE', measured, { ...options, loop: 'open' }),
      delivered: owed - lost,
      lost,
      duplicates,
      replyMs: percentiles(measured.judgement.ingestMs),
      wrong: wrong + strays,
      socketMs: percentiles(judged.socketMs),
    };
  },
};

/** Neighbours are at different processes. */
function pagesOf({ product, tenants }: Stage, agents: readonly string[][]) {
  if (!product) return [];
  const urls = [product.url('api'), product.url(SECOND_API)];
  return tenants.flatMap(({ id: tenant }, place) =>
    (agents[place] ?? []).map((agent, index) => ({
      url: urls[index % urls.length] ?? '',
      token: product.adminKey,
      tenant,
      agent,
    })),
  );
}

/** Waits until everything came, or nothing has for so long that the rest is lost. */
async function whenAllCame(
  pages: Forked<SocketAnswers>,
  asked: MeasuredAsk['asked'],
  { options, signal }: Pick<Surroundings, 'options' | 'signal'>,
): Promise<PopupsJudged & { strays: number }> {
  let count = -1;
  let quietSinceMs = sharedNowMs();
  for (;;) {
    signal.throwIfAborted();
    const harvest = await pages.ask('harvest', asked.prefix);
    const judged = { ...judgePopups(asked, harvest), strays: harvest.strays };
    if (harvest.calls.length !== count) quietSinceMs = sharedNowMs();
    count = harvest.calls.length;
    if (judged.lost === 0 || sharedNowMs() - quietSinceMs > options.drainSeconds * 1_000) return judged;
    await delay(LOOK_EVERY_MS);
  }
}
