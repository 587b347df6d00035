import type { TrialCall, TrialMessage } from '../dialect.js';
import { writeEnd } from './write-end.js';

/** The end call event of an answered call. */
export function tellTrial({ id, startedEpochSeconds, talkSeconds }: TrialCall): TrialMessage {
  const end = {
    caller: '0501234567',
    target: '0722776772',
    time: startedEpochSeconds,
    duration: talkSeconds,
    ivruniqueid: id,
    type: 'Incoming',
    status: 'ANSWER',
    targetextension: '101',
    did: '0722776772',
    dialtime: 0,
  };
  return { route: 'end', ...writeEnd(end, 'query') };
}
