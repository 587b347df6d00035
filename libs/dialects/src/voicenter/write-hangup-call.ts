/** Writes what Voicenter reports at the end of a call that was in a menu (seed section 5.2, "HANGUP_CALL request"). */
import type { Reply } from '../dialect.js';
import { writeIvrRequest, type IvrFormat } from './write-ivr-request.js';

export interface HangupCallFields {
  callerId: string;
  did: string;
  callId: string;
  /** Null where nobody was called: the caller hung up in the menu. */
  target: string | null;
  /** When that was called, and when the call began; as the PBX tells times. */
  callTimeEpoch: number;
  callStartEpoch: number;
  /** Whole seconds. */
  callSeconds: number;
  dialSeconds: number;
  /** One of the seed's "CALL_STATUS options". */
  status: string;
}

/** `CALL_DAILTIME` is the seed's own spelling. */
export function writeHangupCall(fields: HangupCallFields, format: IvrFormat): Reply {
  const data = {
    DID: fields.did,
    CALLER_ID: fields.callerId,
    IVR_UNIQUE_ID: fields.callId,
    TARGET: fields.target ?? undefined,
    CALL_TIME_EPOCH: fields.callTimeEpoch,
    CALL_START_EPOCH: fields.callStartEpoch,
    CALL_DURATION: fields.callSeconds,
    CALL_DAILTIME: fields.dialSeconds,
    CALL_STATUS: fields.status,
  };
  return writeIvrRequest('HANGUP_CALL', data, format);
}
