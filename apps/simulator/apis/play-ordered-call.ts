import { setTimeout as delay } from 'node:timers/promises';
import type { WrittenMessage } from '#dialects';
import { sharedNowMs } from '../shared-clock.js';
import { NOTHING_HEARD, type PlannedCall, type TimedMessage } from '../voices/voice.js';

export interface OrderedPlay {
  /** What is told of the call as it goes by now: another after it was hung up. */
  plan: () => PlannedCall;
  /** How often each message is sent. */
  times: number;
  /** Aborted when the call is hung up from outside. */
  hungUp: AbortSignal;
  speed: number;
  /** Tells one message; resolves when it was taken, or given up. */
  send: (message: TimedMessage, written: WrittenMessage) => Promise<unknown>;
  stop: AbortSignal;
}

/** Tells the ingress of an ordered call as it goes on, also of its early end. Resolves when all was told, or we stop. */
export async function playOrderedCall(play: OrderedPlay): Promise<void> {
  const { plan, hungUp, stop, speed } = play;
  const begun = sharedNowMs();
  let left: readonly TimedMessage[] = plan().messages;
  let toldMs = -1;
  let isCut = false;
  for (;;) {
    if (hungUp.aborted && !isCut) {
      isCut = true;
      left = plan().messages.filter((message) => message.atMs > toldMs);
    }
    const [message, ...later] = left;
    if (message === undefined) return;
    const waitMs = begun + message.atMs / speed - sharedNowMs();
    const wake = AbortSignal.any(isCut ? [stop] : [stop, hungUp]);
    if (waitMs > 0) await delay(waitMs, undefined, { signal: wake }).catch(() => undefined);
    if (stop.aborted) return;
    if (hungUp.aborted && !isCut) continue;
    left = later;
    toldMs = message.atMs;
    await tell(message, play);
  }
}

async function tell(message: TimedMessage, { times, send }: OrderedPlay): Promise<void> {
  const written = message.write(NOTHING_HEARD);
  if (written === null) return;
  for (let time = 0; time < times; time += 1) await send(message, written);
}
