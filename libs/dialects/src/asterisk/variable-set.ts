/** A channel's variable is set: the dialplan's own affair, but for some that tell of the call. */
import { resultOfDialStatus } from '../content/dial-status.js';
import type { AriEvent } from './ari-event.js';
import { textOf } from './channel.js';
import { isLeftUnserved } from './hangup-cause.js';
import { queueIn, type PartyChannel, type Said } from './leg-of.js';
import { DID_VARIABLE, ownVariable } from './own-variables.js';

/** What a caller heard of those he rang, also where channels of the PBX's own stand between them. A cancelled one he ended himself. */
const DIAL_FAILED: ReadonlySet<string> = new Set(['BUSY', 'NOANSWER', 'CONGESTION', 'CHANUNAVAIL']);

const OF_THE_CALL: ReadonlySet<string> = new Set([
  ...[DID_VARIABLE, 'ABANDONED', 'QUEUESTATUS', 'DIALSTATUS', 'MIXMONITOR_FILENAME', 'ANSWEREDTIME_MS'],
]);

/** Whether a variable of that name may tell anything of a call, whatever its value. */
export function mayTell(name: string): boolean {
  return OF_THE_CALL.has(name) || ownVariable(name, 'x') !== undefined;
}

export function variableSet({ fields }: AriEvent, of: PartyChannel): Said | undefined {
  const [name, value] = [textOf(fields['variable']), textOf(fields['value'])];
  if (value === '') return undefined;
  const said = of.role === 'caller' ? ofCaller(name, value, of) : undefined;
  if (said !== undefined) return said;
  if (name === 'MIXMONITOR_FILENAME') return { phase: 'noted', raw: { record: value } };
  const customData = ownVariable(name, value);
  return customData && { phase: 'noted', customData };
}

function ofCaller(name: string, value: string, { channel }: PartyChannel): Said | undefined {
  switch (name) {
    case DID_VARIABLE:
      return { phase: 'noted', did: value };
    // Set also where the queue gave him up, which its status tells then.
    case 'ABANDONED':
      return value === 'TRUE' ? { phase: 'noted', result: 'abandoned' } : undefined;
    case 'QUEUESTATUS':
      return isLeftUnserved(value)
        ? { phase: 'noted', result: 'missed', vendorStatus: value, queue: queueIn(channel) }
        : undefined;
    case 'DIALSTATUS':
      return DIAL_FAILED.has(value)
        ? { phase: 'noted', result: resultOfDialStatus(value, 'inbound'), vendorStatus: value }
        : undefined;
    // Told when they have talked.
    case 'ANSWEREDTIME_MS': {
      const takenAgoMs = /^\d{1,9}$/.test(value) ? Number(value) : 0;
      return takenAgoMs > 0 ? { phase: 'noted', takenAgoMs } : undefined;
    }
    default:
      return undefined;
  }
}
