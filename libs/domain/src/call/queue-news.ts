import { instant } from '../ids.js';
import type { Instant } from '../ids.js';
import type { Call } from './call.js';
import type { CallNews } from './call-news.js';
import type { CallEventType } from './call-event-type.js';
import { queuedAt } from './queued-at.js';
import { wasTaken } from './was-taken.js';

const SECOND = 1000;

/**
 * What is to be told of a call's way through a queue: that it came in, when a queue is first known of it, and that it went
 * out, when somebody answered or the call is over. Of a call that only its CDR tells of, both at once.
 *
 * @param told  events of this call that there were already
 * @param now  when we learnt of it, and whether the end of the call is told with it
 */
export function queueNews(
  call: Call,
  told: readonly CallEventType[],
  now: { at: Instant; over: boolean },
): CallNews[] {
  if (call.queue === null || told.includes('queue.left')) return [];
  const left = now.over || call.state === 'answered' ? leftAt(call, now.at) : null;
  const joined = told.includes('queue.joined') ? null : joinedAt(call, now.at);
  return [
    ...(joined === null ? [] : [{ type: 'queue.joined', occurredAt: earlier(joined, left) } as const]),
    ...(left === null ? [] : [{ type: 'queue.left', occurredAt: left } as const]),
  ];
}

/**
 * A call rings, then waits (`legTimes`). Where the PBX has not counted the wait, it began with the call when that is over,
 * and when it was told of while the call goes on.
 */
function joinedAt(call: Call, at: Instant): Instant {
  const heard = queuedAt(call.legs);
  if (heard !== null) return heard;
  const { startedAt, ringSeconds, queueSeconds, state } = call;
  if (startedAt === null) return at;
  if (queueSeconds !== null) return instant(startedAt + (ringSeconds ?? 0) * SECOND);
  return state === 'ended' ? startedAt : at;
}

function leftAt(call: Call, at: Instant): Instant {
  const { startedAt, queueSeconds } = call;
  if (startedAt !== null && queueSeconds !== null && queuedAt(call.legs) === null) {
    return instant(joinedAt(call, at) + queueSeconds * SECOND);
  }
  return (wasTaken(call.result) ? call.answeredAt : call.endedAt) ?? at;
}

/** A queue may become known only after somebody answered: nobody comes in after he has left. */
function earlier(joined: Instant, left: Instant | null): Instant {
  return left === null ? joined : instant(Math.min(joined, left));
}
