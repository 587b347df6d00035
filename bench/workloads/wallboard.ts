import { percentiles } from '../../apps/simulator/index.js';
import { measureAsk } from '../measure/measure-ask.js';
import { resultOf, type WallboardFigures } from '../result.js';
import { insertAgents } from '../stage/agents.js';
import { insertContacts } from '../stage/contacts.js';
import { openStage, type Surroundings } from '../stage/stage.js';
import { Wall, type Kept } from '../stage/wall.js';
import type { Workload } from './workload.js';

const AGENTS = 60;
/** The first look is when it has settled: after 5 minutes of 30. Each look leaves something in the page itself, so there are few. */
const LOOKS = 6;
/** How much more it may keep at the end. */
const MOST_GROWTH = 0.1;

/** A wallboard in a real browser while calls come and go: what it keeps must not grow. */
export const wallboard: Workload = {
  name: 'WALLBOARD',
  about:
    'a wallboard in Chromium, 20 calls/s (ring, talk, end: --rate 60) for --seconds (1800 for half an hour): heap after a sixth of it and at the end',
  rate: 60,
  run: async (surroundings) => {
    const { options, unwind, say } = surroundings;
    const staged: Surroundings = { ...surroundings, options: { ...options, tenants: 1 } };
    const stage = await openStage({ apps: ['ingress', 'enricher', 'api'], fanOut: 0 }, staged);
    const { product, tenants } = stage;
    const [tenant] = tenants;
    if (!product || !tenant) throw new Error('The floor has no wallboard.');
    await insertContacts(stage);
    await insertAgents(stage, AGENTS);
    const wall = await Wall.open(
      { apiUrl: product.url('api'), adminKey: product.adminKey },
      tenant.id,
      unwind,
    );
    say('the wallboard is open');
    const { rate, seconds, lanes } = options;
    const urls = [tenant.urls['popup'] as string];
    const shape = { questions: 'course', loop: 'open', rate, seconds, lanes, urls, agents: AGENTS } as const;
    const watch = watching(wall, surroundings);
    const { wrong, ...measured } = await measureAsk(stage, shape, staged);
    const board = await watch.end();
    for (const complaint of wall.complaints) say(`the page: ${complaint}`);
    const bad = Number(board.growth > MOST_GROWTH) + board.oldLooks + wall.complaints.length;
    return {
      ...resultOf('WALLBOARD', measured, { ...staged.options, loop: 'open' }),
      wrong: wrong + bad + Number(board.mostInCalls === 0),
      replyMs: percentiles(measured.judgement.ingestMs),
      wallboard: board,
    };
  },
};

function watching(wall: Wall, { options, say }: Pick<Surroundings, 'options' | 'say'>) {
  const looks: Kept[] = [];
  let mostInCalls = 0;
  let oldLooks = 0;
  const look = async (): Promise<void> => {
    const kept = await wall.kept();
    const inCalls = await wall.inCalls();
    mostInCalls = Math.max(mostInCalls, inCalls);
    oldLooks += Number(await wall.isOld());
    looks.push(kept);
    say(`${kept.heapMb.toFixed(2)} MiB, ${String(kept.nodes)} nodes, ${String(inCalls)} in calls`);
  };
  let looking = Promise.resolve();
  const timer = setInterval(
    () => {
      looking = looking.then(look);
    },
    (options.seconds * 1_000) / LOOKS,
  );
  return {
    end: async (): Promise<WallboardFigures> => {
      clearInterval(timer);
      await looking;
      await look();
      const [settled] = looks;
      const end = looks.at(-1);
      if (settled === undefined || end === undefined || settled === end) {
        throw new RangeError('Too short to see anything grow: --seconds 60 or more.');
      }
      return {
        settledMb: settled.heapMb,
        endMb: end.heapMb,
        growth: end.heapMb / settled.heapMb - 1,
        settledNodes: settled.nodes,
        endNodes: end.nodes,
        mostInCalls,
        oldLooks,
      };
    },
  };
}
