import { instant } from '#domain';
import { callDays, plausibleCalls } from '../pbx/call-day.js';
import { customerNumber } from '../pbx/israeli-number.js';
import { DEFAULT_SIZE, makeOffice } from '../pbx/office.js';
import { PbxPlayer, type OutgoingMessage, type PlayReport } from '../pbx/pbx-player.js';
import type { PlayedCdr } from '../pbx/plausible-call.js';
import { seededRandom, weighted } from '../pbx/random.js';
import { writeCdrMessage } from '../pbx/write-cdr-message.js';
import type { PbxOptions } from './pbx-options.js';

const PROGRESS_EVERY_MS = 1_000;

/**
 * Plays calls until their number or the time is used up or the signal aborts.
 * @param now  time of day in milliseconds
 */
export async function playPbx(
  options: PbxOptions,
  { now, signal, say }: { now: () => number; signal: AbortSignal; say: (line: string) => void },
): Promise<PlayReport> {
  const random = seededRandom(options.seed);
  const office = makeOffice(random, customerNumber, { ...DEFAULT_SIZE, agents: options.agents });
  const played: Iterable<PlayedCdr> =
    options.day === undefined
      ? plausibleCalls({ office, now: () => instant(now()), random })
      : callDays({ office, from: instant(options.day), days: options.days, calls: options.cdrs, random });
  const player = new PbxPlayer({
    url: options.urls[0] ?? '',
    rate: options.rate,
    inFlight: options.inFlight,
    signal: AbortSignal.any([signal, AbortSignal.timeout(options.seconds * 1000)]),
  });
  const progress = setInterval(() => {
    const { sent, accepted, refused, failed } = player.report();
    say(
      `${String(sent)} sent, ${String(accepted)} accepted, ${String(refused)} refused, ${String(failed)} failed`,
    );
  }, PROGRESS_EVERY_MS);
  try {
    return await player.play(messages());
  } finally {
    clearInterval(progress);
  }

  function* messages(): Generator<OutgoingMessage> {
    let count = 0;
    for (const { cdr } of played) {
      if (count === options.cdrs) return;
      // All legs of one call go to one connection, whichever that is.
      const url = options.urls[hash(cdr.ivruniqueid) % options.urls.length] ?? '';
      count += 1;
      yield { id: cdr.ivruniqueid, url, ...writeCdrMessage(cdr, weighted(random, options.formats)) };
    }
  }
}

function hash(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (sum * 31 + text.charCodeAt(at)) >>> 0;
  return sum;
}
