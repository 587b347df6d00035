import type { TrialCall, TrialMessage } from '../dialect.js';
import { writeCdr } from './write-cdr.js';

/** The CDR of an answered call. */
export function tellTrial({ id, startedEpochSeconds, talkSeconds }: TrialCall): TrialMessage {
  const cdr = {
    caller: '0501234567',
    target: '0722776772',
    time: startedEpochSeconds,
    duration: talkSeconds,
    ivruniqueid: id,
    type: 'Incoming Call',
    status: 'ANSWER',
    targetextension: 'SIPTRIAL',
    callerextension: '',
    did: '0722776772',
    queueid: 0,
    queuename: '',
    record: '',
    dialtime: 0,
  };
  return { method: 'POST', route: 'cdr', ...writeCdr(cdr, 'json') };
}
