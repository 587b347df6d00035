import { randomUUID } from 'node:crypto';

/** A CDR of Voicenter's, of an answered incoming call; say what matters. Any value, because PBXs send anything. */
export function cdr(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    caller: '0501234567',
    target: 'SIPSIP',
    time: 1_795_251_600,
    duration: 60,
    ivruniqueid: randomUUID().replaceAll('-', ''),
    type: 'Incoming Call',
    status: 'ANSWER',
    targetextension: 'SIPSIP',
    callerextension: '',
    did: '0722776772',
    queueid: 0,
    queuename: '',
    record: '',
    price: 0,
    dialtime: 5,
    ...fields,
  };
}
