/**
 * B7: the whole product dials for several tenants through PBXs that lose, repeat and reorder what they tell, while its processes are
 * killed. What must never be is counted by the PBXs' own books.
 */
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { Forked } from '../forked.js';
import { scrape } from '../measure/scrape.js';
import { readOptions } from '../options.js';
import { ownerPool, type OwnerPool } from '../growth/owner-session.js';
import { ownBuild } from '../stage/build.js';
import { SECOND_DIALER, type Product, type ProcessName } from '../stage/product.js';
import { openStage, type Stage } from '../stage/stage.js';
import { setPbxAccount } from '../stage/tenants.js';
import { Unwind } from '../stage/unwind.js';
import { CpuBook } from './chaos/cpu-book.js';
import * as list from './chaos/chaos-list.js';
import type { Mischief } from './chaos/chaos-contract.js';
import { judgeChaos, type ChaosFaults, type Forbidden } from './chaos/judge-chaos.js';
import type { PbxAnswers } from './chaos/pbx-process.js';

export interface B7Options {
  /** Leads, of which every one is dialled; some twice. */
  calls: number;
  seed?: number;
  queue?: 'redis' | 'postgres';
  /** Seconds between two kills. */
  killEverySeconds?: number;
  /** The time that unclear orders take is not waited for: their rows are made older. */
  hurry?: boolean;
  say?: (line: string) => void;
  signal?: AbortSignal;
}

export interface B7Result extends ChaosFaults {
  calls: number;
  seconds: number;
  /** Of the time in which leads were dialled for the first time. */
  callsPerSecond: number;
  kills: number;
  /** CPU seconds of the dialers, for each 1,000 calls. */
  dialerCpu: number;
  /** Statements of a dialer for each look at a campaign. */
  statementsPerLook: number;
  /** Orders whose leads still waited for what became of them in the end; each is a lost lead too. */
  open: number;
}

const TENANTS = 4;
const CAMPAIGNS_EACH = 2;
const AGENTS_EACH = 180;
const PER_SECOND = 40;
const MISCHIEF: Mischief = {
  timeOut: 0.05,
  lostOrder: 0.02,
  lostWebhook: 0.02,
  duplicated: 0.05,
  reordered: 0.05,
};
const VICTIMS: readonly ProcessName[] = ['dialer', 'forwarder', SECOND_DIALER, 'enricher'];
const LOOK_EVERY_MS = 500;
const GRACE_MS = 1_500;
/** Unclear orders are found out within: ring time, the history's delay, and what killed workers cost. */
const SETTLED_WITHIN_MS = 240_000;
/** The last leads may wait for orders of the same numbers that are unclear. */
const STILL_MS = 15_000;
const FORBIDDEN = 0.01;
const FOREVER = Number.MAX_SAFE_INTEGER;

interface Run {
  options: B7Options;
  stage: Stage;
  product: Product;
  db: OwnerPool;
  pbxs: Forked<PbxAnswers>;
  cpu: CpuBook;
  say: (line: string) => void;
  signal: AbortSignal;
}

export async function runB7(options: B7Options): Promise<B7Result> {
  const say = options.say ?? (() => undefined);
  const unwind = new Unwind(say);
  try {
    const run = await setUp(options, unwind);
    return await play(run);
  } finally {
    await unwind.run();
  }
}

async function setUp(options: B7Options, unwind: Unwind): Promise<Run> {
  const { say = () => undefined, signal = new AbortController().signal } = options;
  const asked = ['B7', '--tenants', String(TENANTS), '--queue', options.queue ?? 'redis'];
  const surroundings = { options: readOptions(asked).options, build: ownBuild(), unwind, say, signal };
  const apps = ['ingress', 'api', 'enricher', 'forwarder', 'dialer'] as const;
  const stage = await openStage({ apps, fanOut: 0 }, surroundings);
  const { product } = stage;
  if (product === undefined) throw new Error('B7 plays on the product.');
  await product.start(SECOND_DIALER, signal);
  const db = ownerPool(stage.databaseUrl, unwind);
  const pbxs = new Forked<PbxAnswers>(fileURLToPath(new URL('chaos/pbx-process.js', import.meta.url)));
  unwind.add('the PBXs', () => pbxs.stop());
  const ingressUrls = stage.tenants.map(({ ingressUrl }) => ingressUrl);
  const opened = await pbxs.ask('open', { ingressUrls, mischief: MISCHIEF, seed: options.seed ?? 1 });
  const api = { apiUrl: product.url('api'), adminKey: product.adminKey };
  for (const [place, tenant] of stage.tenants.entries()) {
    const { url = '', code = '' } = opened[place] ?? {};
    const settings = { api_url: url, history_url: url, monitor_url: url, login_url: url };
    await setPbxAccount(api, tenant, { settings, secrets: { code } });
  }
  await db.query('UPDATE pbx_account SET per_second = $1, tokens = 0', [PER_SECOND]);
  return { options, stage, product, db, pbxs, cpu: new CpuBook(), say, signal };
}

async function play(run: Run): Promise<B7Result> {
  const { options, stage, db, pbxs, say, cpu, product } = run;
  const plan = { campaignsEach: CAMPAIGNS_EACH, agentsEach: AGENTS_EACH, leads: options.calls };
  const campaigns = await list.makeLists(db, { tenants: stage.tenants, ...plan });
  say(
    `${String(campaigns.length)} campaigns of ${String(AGENTS_EACH)} agents, ${String(options.calls)} leads`,
  );
  const began = performance.now();
  await list.setAll(db, 'running');
  const over = new AbortController();
  const kills = killInTurn(run, over.signal);
  const { doNotCall, closed } = await dialAll(run, campaigns);
  const dialledMs = performance.now() - began;
  const dialled = (await pbxs.ask('counted', undefined)).calls;
  const open = await settle(run);
  over.abort();
  const killed = await kills;
  const seconds = Math.round((performance.now() - began) / 1_000);
  await cpu.read(product, 'dialer', SECOND_DIALER);
  const statementsPerLook = await costOfLook(product);
  const calls = await pbxs.ask('calls', undefined);
  const leads = await list.leadsInTheEnd(db, stage.tenants);
  const faults = judgeChaos({
    ...{ calls, leads, doNotCall, closed },
    ...{ perSecond: PER_SECOND, cap: list.CALLS_TO_ONE },
  });
  const { strange } = await pbxs.ask('counted', undefined);
  if (strange.length > 0) throw new Error(`The PBX was asked what it does not know: ${strange.join(', ')}`);
  return {
    ...{ calls: calls.length, ...faults, seconds, open, kills: killed, statementsPerLook },
    callsPerSecond: Number((dialled / (dialledMs / 1_000)).toFixed(1)),
    dialerCpu: Number(((cpu.seconds * 1_000) / calls.length).toFixed(2)),
  };
}

/** Until every lead was dialled; in between numbers are forbidden, and a window closes. */
async function dialAll(
  { db, options, say, signal, pbxs }: Run,
  campaigns: readonly list.ChaosCampaign[],
): Promise<{ doNotCall: Forbidden; closed: Forbidden }> {
  const nothing: Forbidden = { numbers: new Set(), from: FOREVER, until: FOREVER };
  let [doNotCall, closed] = [nothing, nothing];
  const [first, second] = campaigns;
  let told = performance.now();
  let [left, leftSince] = [options.calls, told];
  for (;;) {
    const { untried, open } = await list.standOf(db);
    const share = 1 - untried / options.calls;
    if (first && share > 0.15 && doNotCall === nothing) {
      const numbers = await list.forbidSome(db, first, Math.ceil(options.calls * FORBIDDEN));
      doNotCall = { numbers, from: Date.now() + GRACE_MS, until: FOREVER };
      say(`${String(numbers.size)} numbers put on the list`);
    }
    if (second && share > 0.3 && closed === nothing) {
      const { from, until } = await list.closeWindow(db, second, Date.now(), options.hurry === true ? 1 : 3);
      const own = second.numbers.filter((number) => !first?.numbers.includes(number));
      closed = { numbers: new Set(own), from: from + GRACE_MS, until };
      say(`a window is closed for ${String(Math.round((until - from) / 1_000))} s`);
    }
    if (untried !== left) [left, leftSince] = [untried, performance.now()];
    const isStill = performance.now() - leftSince > STILL_MS;
    if ((untried === 0 || (isStill && share > 0.99)) && Date.now() > (closed === nothing ? 0 : closed.until))
      return { doNotCall, closed };
    if (performance.now() - told > 10_000) {
      told = performance.now();
      const { calls } = await pbxs.ask('counted', undefined);
      say(`${String(calls)} calls, ${String(untried)} leads left, ${String(open)} open`);
      if (options.hurry === true) await list.passTime(db, 200);
    }
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** Nobody else is dialled; what was is found out. @returns how many were not */
async function settle({ db, options, say, signal }: Run): Promise<number> {
  await list.setAll(db, 'paused');
  const until = performance.now() + SETTLED_WITHIN_MS;
  let passed = performance.now();
  for (;;) {
    const { open } = await list.standOf(db);
    if (open === 0 || performance.now() > until) return open;
    if (performance.now() - passed > 10_000) {
      passed = performance.now();
      say(`${String(open)} orders are open`);
      if (options.hurry === true) await list.passTime(db, 200);
    }
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** @returns how many were killed, once `stop` is aborted */
async function killInTurn({ product, options, cpu, signal }: Run, stop: AbortSignal): Promise<number> {
  const either = AbortSignal.any([signal, stop]);
  for (let killed = 0; ; killed += 1) {
    const isOver = await delay((options.killEverySeconds ?? 20) * 1_000, false, { signal: either }).catch(
      () => true,
    );
    if (isOver) return killed;
    const name = VICTIMS[killed % VICTIMS.length] ?? 'dialer';
    if (name === 'dialer' || name === SECOND_DIALER) await cpu.read(product, name);
    await product.kill(name);
    await product.start(name, signal);
  }
}

async function costOfLook(product: Product): Promise<number> {
  const counters = await scrape(product.url('dialer'));
  const named = (name: string) => [...counters].filter(([key]) => key.includes(name));
  const looks = named('statement{campaign.look}').concat(named('{campaign.look}'));
  const [, total = 0] = looks[0] ?? [];
  const all = [...counters].filter(([key]) => /statements[^{]*\{campaign\./.test(key));
  return total === 0 ? 0 : Number((all.reduce((sum, [, count]) => sum + count, 0) / total).toFixed(2));
}
