import type { Random } from '../pbx/random.js';
import { SECOND_MS, type TimedMessage } from '../voices/voice.js';

/** Messages overtake each other on the way by no more than this: they are sent by different machines, not lost for hours. */
const OVERTAKING_MS = 1.5 * SECOND_MS;
const TWICE_SHARE = 0.4;

/**
 * The same messages as a bad network brings them: some overtake others, some come twice. What a caller in a menu does stays in
 * its order and comes once, as each step waits for the answer to the one before.
 *
 * @param speed  how much faster than life they are played: messages that come within OVERTAKING_MS may change places
 */
export function disordered(
  messages: readonly TimedMessage[],
  { random, speed }: { random: Random; speed: number },
): TimedMessage[] {
  const late = (message: TimedMessage) => {
    const atMs = message.atMs / speed + random() * OVERTAKING_MS;
    return { message, atMs };
  };
  const steps = messages.filter(isStep);
  const others = messages.filter((message) => !isStep(message));
  const again = others.filter(() => random() < TWICE_SHARE);
  const moved = [...others, ...again].map(late);
  const dialog = steps.map(late).map(({ atMs }) => atMs);
  dialog.sort((one, other) => one - other);
  steps.forEach((message, at) => moved.push({ message, atMs: dialog[at] ?? 0 }));
  return moved.sort((one, other) => one.atMs - other.atMs).map(({ message }) => message);
}

function isStep({ asks }: TimedMessage): boolean {
  return asks === 'menu' || asks === 'layer';
}
