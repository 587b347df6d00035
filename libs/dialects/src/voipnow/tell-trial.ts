import type { TrialCall, TrialMessage } from '../dialect.js';
import { writeCallEvent } from './write-call-event.js';

/** The Hangup of an answered call: VoipNow tells no times. */
export function tellTrial({ id }: Pick<TrialCall, 'id'>): TrialMessage {
  const hangup = {
    CallID: id,
    CallerIDNum: '0501234567',
    CalledDID: '14165551234',
    CalledExtension: '0003*210',
    CallStatus: 'ANSWER',
    CallFlow: 'IN',
    CalledNumber: '0003*210',
    CallAPIID: id,
  };
  return { route: 'hangup', ...writeCallEvent(hangup, 'query') };
}
