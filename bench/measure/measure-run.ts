/** One run of load over a stage: warm up, measure, wait until everything is delivered, judge. */
import { setTimeout as delay } from 'node:timers/promises';
import { instant } from '#domain';
import { localClock, sharedNowMs } from '../../apps/simulator/index.js';
import type { LoadOrder, LoadOutcome } from '../load/load-contract.js';
import type { Stage, Surroundings } from '../stage/stage.js';
import { judge, type Judgement } from './judge.js';
import { snapshot, spent, usages, type Spent } from './snapshot.js';

const LOOK_EVERY_MS = 250;
const SAY_EVERY_MS = 2_000;
/** Nothing comes for so long when all is there. Events that nobody counted on may have made up the number before. */
const QUIET_MS = 500;
/** The memory of thirty processes is looked at page by page: each second that would be a tenth of a processor. */
const WATCH_EVERY_MS = 5_000;
const MOST_COMPLAINTS = 20;
const REST_AFTER_JUDGING = 5;

export interface Measured extends Spent {
  judgement: Judgement;
  /** Largest seen while the load ran and right after it, by process. */
  rssMb: Record<string, number>;
  /** CPU seconds of the load process in the run itself. */
  loadCpuSeconds: number;
  badSignatures: number;
}

export type RunOrder = Pick<LoadOrder, 'loop' | 'rate' | 'seconds' | 'lanes'>;

/**
 * @param during  what happens to the stage meanwhile: processes that are killed, scripts that change; awaited before the
 *   drain is judged
 */
export async function measureRun(
  stage: Stage,
  order: RunOrder,
  surroundings: Surroundings,
  during: () => Promise<void> = () => Promise.resolve(),
): Promise<Measured> {
  const { options, say, signal } = surroundings;
  if (options.warmUpSeconds > 0) {
    say(`warming up for ${String(options.warmUpSeconds)} s`);
    await runAndDrain(
      stage,
      { ...order, seconds: options.warmUpSeconds },
      { ...surroundings, tag: 'warm', during: () => Promise.resolve() },
    );
    await stage.sink.ask('reset', undefined);
  }
  const before = await snapshot(stage);
  const rssMb: Record<string, number> = {};
  const watch = async () => {
    for (const [name, usage] of await usages(stage)) rssMb[name] = Math.max(rssMb[name] ?? 0, usage.rssMb);
  };
  const watching = setInterval(() => void watch(), WATCH_EVERY_MS);
  try {
    say(
      order.loop === 'open'
        ? `${String(order.rate)}/s for ${String(order.seconds)} s`
        : `as many as it takes for ${String(order.seconds)} s`,
    );
    const { load, judgement, badSignatures } = await runAndDrain(stage, order, {
      ...surroundings,
      tag: 'main',
      during,
    });
    signal.throwIfAborted();
    await watch();
    for (const complaint of stage.playing.complaints().slice(0, MOST_COMPLAINTS)) say(complaint);
    const after = await snapshot(stage);
    return { judgement, rssMb, badSignatures, loadCpuSeconds: load.cpuSeconds, ...spent(before, after) };
  } finally {
    clearInterval(watching);
  }
}

type RunSurroundings = Surroundings & { tag: string; during: () => Promise<void> };

async function runAndDrain(
  stage: Stage,
  order: RunOrder,
  { options, say, signal, tag, during }: RunSurroundings,
): Promise<{ load: LoadOutcome; judgement: Judgement; badSignatures: number }> {
  const prefix = localClock('Asia/Jerusalem')(instant(Date.now())).digits + tag;
  const { fanOut } = stage.plan;
  let ticks = 0;
  stage.load.onProgress = ({ sent, answered }) => {
    ticks += 1;
    if (ticks % 2 === 0) say(`${String(sent)} sent, ${String(answered)} answered`);
  };
  const urls = stage.tenants.map(({ ingressUrl }) => ingressUrl);
  const [load] = await interruptible(
    Promise.all([stage.load.ask('run', { ...order, urls, prefix, xmlShare: options.xmlShare }), during()]),
    signal,
  );
  const owed =
    load.statuses.reduce((sum, status) => sum + (status >= 200 && status < 300 ? 1 : 0), 0) * fanOut;
  say(`${String(owed)} deliveries owed`);
  for (;;) {
    await drained(stage, owed, { options, say, signal });
    const askedMs = sharedNowMs();
    const harvest = await stage.sink.ask('harvest', undefined);
    const judgement = judge(load, harvest, { prefix, fanOut });
    // Duplicates may have made up the number: then there is more to wait for, unless it has been quiet for long.
    const quietMs = sharedNowMs() - Math.max(judgement.lastDeliveryMs, judgement.lastAnswerMs);
    if (judgement.lost === 0 || quietMs > options.drainSeconds * 1000) {
      return { load, judgement, badSignatures: harvest.badSignatures };
    }
    // Judging is work too, on the same cores as what is judged.
    await delay(Math.max(LOOK_EVERY_MS, REST_AFTER_JUDGING * (sharedNowMs() - askedMs)));
  }
}

/** Waits until as many deliveries came as are owed and no more come, or none came for a while: judging is work on the same cores. */
async function drained(
  stage: Stage,
  owed: number,
  { options, say, signal }: Pick<Surroundings, 'options' | 'say' | 'signal'>,
): Promise<void> {
  let last = -1;
  let quietSince = sharedNowMs();
  let saidAt = quietSince;
  for (;;) {
    signal.throwIfAborted();
    const delivered = await stage.sink.ask('delivered', undefined);
    if (delivered !== last) quietSince = sharedNowMs();
    else if (sharedNowMs() - quietSince > (delivered >= owed ? QUIET_MS : options.drainSeconds * 1000))
      return;
    last = delivered;
    if (sharedNowMs() - saidAt > SAY_EVERY_MS) {
      saidAt = sharedNowMs();
      say(`${String(delivered)} of ${String(owed)} delivered`);
    }
    await delay(LOOK_EVERY_MS);
  }
}

/** The promise, or the signal's reason as soon as it aborts; what the promise was about is ended by the unwinding. */
function interruptible<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
