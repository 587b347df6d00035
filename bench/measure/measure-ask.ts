/** One run of questions over a stage: warm up, measure, look at the replies. */
import { instant } from '#domain';
import { localClock } from '../../apps/simulator/index.js';
import type { AskOrder, AskOutcome } from '../load/ask/ask-contract.js';
import type { Stage, Surroundings } from '../stage/stage.js';
import type { Harvest } from './harvest.js';
import { judge } from './judge.js';
import type { Measured } from './measure-run.js';
import { snapshot, spent, usages } from './snapshot.js';

export interface MeasuredAsk extends Measured {
  wrong: number;
  /** What was asked, by number, and what the ids of its calls begin with. */
  asked: AskOutcome & { prefix: string };
}

export type AskShape = Pick<
  AskOrder,
  'questions' | 'loop' | 'rate' | 'seconds' | 'lanes' | 'urls' | 'agents' | 'askedBefore'
>;

/** Nobody is told of anything, so nothing is owed. */
const NO_HARVEST: Harvest = {
  names: [],
  name: new Uint32Array(),
  callIds: [],
  webhookIds: [],
  sequences: new Uint32Array(),
  receivedMs: new Float64Array(),
  badSignatures: 0,
};

export async function measureAsk(
  stage: Stage,
  shape: AskShape,
  { options, say, signal }: Pick<Surroundings, 'options' | 'say' | 'signal'>,
): Promise<MeasuredAsk> {
  const seconds = options.warmUpSeconds;
  if (seconds > 0) {
    say(`warming up for ${String(seconds)} s`);
    await ask(stage, { ...shape, seconds }, 'warm');
  }
  signal.throwIfAborted();
  const before = await snapshot(stage);
  say(`${String(shape.rate)} questions/s for ${String(shape.seconds)} s`);
  const asked = await ask(stage, shape, 'main');
  signal.throwIfAborted();
  for (const line of [...asked.examples, ...stage.playing.complaints()]) say(line);
  const after = await snapshot(stage);
  const rssMb = Object.fromEntries([...(await usages(stage))].map(([name, usage]) => [name, usage.rssMb]));
  return {
    judgement: judge(asked, NO_HARVEST, { prefix: '', fanOut: 0 }),
    rssMb,
    badSignatures: 0,
    loadCpuSeconds: asked.cpuSeconds,
    wrong: asked.wrong,
    asked,
    ...spent(before, after),
  };
}

async function ask(stage: Stage, shape: AskShape, tag: string): Promise<AskOutcome & { prefix: string }> {
  const prefix = localClock('Asia/Jerusalem')(instant(Date.now())).digits + tag;
  return { ...(await stage.load.ask('ask', { ...shape, prefix })), prefix };
}
