/** One Call Detail Record in Voicenter's own words. Source: seed section 4, with the later fields of the design's "Dialects". */
export interface IvrChoice {
  layer_id: number;
  layer_name: string;
  layer_number: number;
  Dtmf: number;
  dtmf_order: number;
}

export interface Cdr {
  caller: string;
  target: string;
  /** Wall clock of the account, encoded as if it were UTC, in seconds. */
  time: number;
  /** Seconds of talk; of a queue's call the wait is included. */
  duration: number;
  ivruniqueid: string;
  type: string;
  status: string;
  targetextension: string;
  callerextension: string;
  did: string;
  queueid: number;
  queuename: string;
  record: string;
  /** Agorot. */
  price: number;
  /** Seconds of ringing. */
  dialtime: number;
  representative_name: string;
  representative_code: string;
  targetextension_name: string;
  callerextension_name: string;
  target_country: string;
  caller_country: string;
  DepartmentID?: number;
  DepartmentName?: string;
  seconds_waiting_in_queue?: number;
  OriginalIvrUniqueID?: string;
  /** Both spellings are seen in the wild. */
  IVR?: IvrChoice[] | string;
  /** What was given with the call when it was ordered, or answered to the menu. */
  CustomData?: Record<string, string>;
}
