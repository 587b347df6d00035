import { fileURLToPath } from 'node:url';
import { percentiles } from '../../apps/simulator/index.js';
import { Forked } from '../forked.js';
import { measureAsk, type AskShape } from '../measure/measure-ask.js';
import { resultOf, type BenchResult } from '../result.js';
import type { SourceAnswers } from '../source-process.js';
import { fillDirectories, forgetAnswers, insertContacts } from '../stage/contacts.js';
import { openStage, type Stage, type Surroundings } from '../stage/stage.js';
import { makeContactSource } from '../stage/tenants.js';
import type { Workload } from './workload.js';

/** A server that is waited for holds up its questions; the load must not wait for them before it sends others. */
const LANES_WHILE_WAITING = 1_000;

/** Phones that ring at a steady rate, half of the callers known. The enricher makes calls of them meanwhile. */
export const popup: Workload = {
  name: 'POPUP',
  about: 'who is calling, asked at --rate for --seconds: latency of the replies, each of them checked',
  rate: 500,
  run: async (surroundings) => {
    const { options, say } = surroundings;
    const { source } = options;
    const asks = source === undefined ? [] : (['api', 'popup'] as const);
    const stage = await openStage({ apps: ['ingress', 'enricher', ...asks], fanOut: 0 }, surroundings);
    say('inserting contacts');
    await insertContacts(stage);
    if (options.contacts > 0) {
      say(`inserting ${String(options.contacts)} more`);
      await fillDirectories(stage, options.contacts);
    }
    const urls = stage.tenants.map((tenant) => tenant.urls['popup'] as string);
    const { rate, seconds, lanes } = options;
    const shape = { questions: 'popup', loop: 'open', rate, seconds, lanes, urls } as const;
    if (source === undefined) return resultOfAsking(stage, shape, surroundings);
    const waiting = { ...shape, lanes: Math.max(lanes, LANES_WHILE_WAITING) };
    return source === 'dead'
      ? withDeadSources(stage, waiting, surroundings)
      : withSources(
          stage,
          { ...waiting, questions: 'sourced' },
          { ...surroundings, afterMs: source.afterMs },
        );
  },
};

async function resultOfAsking(
  stage: Stage,
  shape: AskShape,
  surroundings: Surroundings,
): Promise<BenchResult> {
  const { wrong, ...measured } = await measureAsk(stage, shape, surroundings);
  const replyMs = percentiles(measured.judgement.ingestMs);
  return { ...resultOf('POPUP', measured, { ...surroundings.options, loop: 'open' }), replyMs, wrong };
}

/** Each number is asked for once; then the same ones call again. */
async function withSources(
  stage: Stage,
  shape: AskShape,
  { afterMs, ...surroundings }: Surroundings & { afterMs: number },
): Promise<BenchResult> {
  const sources = await openSources(stage, surroundings, afterMs);
  const { options, say } = surroundings;
  const warm = { ...shape, seconds: options.warmUpSeconds };
  const cold = { ...surroundings, options: { ...options, warmUpSeconds: 0 } };
  if (warm.seconds > 0) await measureAsk(stage, warm, cold);
  await forgetAnswers(stage);
  const asked = await resultOfAsking(stage, shape, cold);
  say('the same numbers again');
  const { wrong, ...again } = await measureAsk(stage, shape, cold);
  const sourcesAsked = await sources.ask('asked', undefined);
  const againMs = percentiles(again.judgement.ingestMs);
  return { ...asked, againMs, sourcesAsked, wrong: (asked.wrong ?? 0) + wrong };
}

/** Nobody else is known then; what counts is when that is said. */
async function withDeadSources(
  stage: Stage,
  shape: AskShape,
  surroundings: Surroundings,
): Promise<BenchResult> {
  const sources = await openSources(stage, surroundings, null);
  const { options } = surroundings;
  const cold = { ...surroundings, options: { ...options, warmUpSeconds: 0 } };
  const result = await resultOfAsking(stage, shape, cold);
  return { ...result, sourcesAsked: await sources.ask('asked', undefined) };
}

async function openSources(stage: Stage, { unwind, say }: Surroundings, afterMs: number | null) {
  const { product } = stage;
  if (product === undefined) throw new Error('The floor asks nobody.');
  const sources = new Forked<SourceAnswers>(fileURLToPath(new URL('../source-process.js', import.meta.url)));
  unwind.add('the sources', () => sources.stop());
  const port = await sources.ask('listen', { afterMs });
  say(`a source of contacts for each tenant at port ${String(port)}`);
  const api = { apiUrl: product.url('api'), adminKey: product.adminKey };
  await Promise.all(
    stage.tenants.map(({ id }, tenant) =>
      makeContactSource(api, id, `http://127.0.0.1:${String(port)}/${String(tenant)}`),
    ),
  );
  return sources;
}
