import type { Clock } from '#platform';
import type { DriverAnswer, FeedPhone, FeedTold } from '#pbx';
import type { SessionEnd } from './feed-session.js';

export interface AskedSessionParts {
  ask: () => Promise<DriverAnswer<{ phones: FeedPhone[] }>>;
  heard: (news: FeedTold) => Promise<void>;
  isOver: () => boolean;
  delay: (ms: number) => Promise<unknown>;
  clock: Pick<Clock, 'now'>;
}

export const ASK_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 200;

/**
 * A PBX that has no channel is asked for its phones, every few seconds, for as long as it answers.
 *
 * @throws what `heard` has thrown
 */
export async function askedSession(parts: AskedSessionParts): Promise<SessionEnd> {
  const { ask, heard, isOver, delay, clock } = parts;
  const begun = clock.now();
  while (!isOver()) {
    const answer = await ask();
    if (isOver()) break;
    if (answer.kind !== 'done') {
      return { kind: 'broken', reason: reasonOf(answer), heardMs: clock.now() - begun };
    }
    await heard({ kind: 'phones', phones: answer.phones, isAll: true });
    const again = clock.now() + ASK_EVERY_MS;
    while (!isOver() && clock.now() < again) await delay(LOOK_EVERY_MS);
  }
  return { kind: 'ours' };
}

function reasonOf(answer: Exclude<DriverAnswer<object>, { kind: 'done' }>): string {
  if (answer.kind === 'unsupported') return answer.capability;
  return answer.kind === 'refused' ? answer.reason : answer.why;
}
