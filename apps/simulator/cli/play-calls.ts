import { dialectNamed } from '#dialects';
import { instant } from '#domain';
import { customerNumber } from '../pbx/israeli-number.js';
import { makeOffice } from '../pbx/office.js';
import { seededRandom } from '../pbx/random.js';
import { CallPlayer, type CallPlayReport } from '../player/call-player.js';
import { callsFromNow, callsOfDay, sharesOf } from '../player/calls-to-play.js';
import type { PlayOptions } from './play-options.js';

const PROGRESS_EVERY_MS = 1_000;
const SECOND_MS = 1_000;

/**
 * Plays whole calls until their number or the time is used up or the signal aborts.
 * @param now  time of day in milliseconds
 */
export async function playCalls(
  options: PlayOptions,
  { now, signal, say }: { now: () => number; signal: AbortSignal; say: (line: string) => void },
): Promise<CallPlayReport> {
  const random = seededRandom(options.seed);
  const { speed, atOnce } = options;
  const player = new CallPlayer({
    speed,
    atOnce,
    ...(options.disorder ? { disorderSeed: options.seed } : {}),
    signal: AbortSignal.any([signal, AbortSignal.timeout(options.seconds * SECOND_MS)]),
  });
  const progress = setInterval(() => {
    const { calls, sent, taken, refused } = player.report();
    say(
      `${String(calls)} calls, ${String(sent)} messages, ${String(taken)} taken, ${String(refused)} refused`,
    );
  }, PROGRESS_EVERY_MS);
  const what = {
    office: makeOffice(random, customerNumber),
    sites: options.urls.map((url) => ({
      ...url,
      routes: dialectNamed(url.vendor)?.routes ?? [],
      shares: sharesOf(options.scenario),
    })),
    calls: options.calls,
    random,
  };
  try {
    await player.play(
      options.day === undefined
        ? callsFromNow({ ...what, speed, gapMs: options.gapSeconds * SECOND_MS, now: () => instant(now()) })
        : callsOfDay({ ...what, from: instant(options.day) }),
    );
    return player.report();
  } finally {
    clearInterval(progress);
  }
}
