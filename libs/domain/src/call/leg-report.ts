/**
 * What a dialect says of one message about one leg of a call: vendor-neutral words, but still the PBX's own clock and
 * numbers as they were printed. `normaliseLeg` makes a CallLeg of it with the connection's zone and country.
 */
import type { Agent, CallResult, Direction, IvrStep, LegKey, Money, NamedId, Recording } from './call.js';

/**
 * What a message tells of its leg: that it began to ring, that somebody answered, that it is over (with whatever the PBX
 * then knows), or something that was learnt later, such as a recording.
 */
export const LEG_PHASES = ['ringing', 'answered', 'ended', 'noted'] as const;
export type LegPhase = (typeof LEG_PHASES)[number];

/** A status or a type of call, as the vendor printed it. */
export interface UnknownWord {
  kind: 'status' | 'type';
  word: string;
}

export interface LegReport {
  phase: LegPhase;
  /** The vendor's id of the call; the same for all legs of one call. Never empty. */
  vendorCallId: string;
  leg: LegKey;
  vendorType: string;
  vendorStatus: string;
  direction: Direction;
  result: CallResult;
  /** There where the message does not say what became of the leg and `result` is only the likeliest. */
  resultGuessed?: true;
  /** There where nobody told when the leg ended: it was found to be over, and is known to have gone on at `toldAt`. */
  endGuessed?: true;
  /** There where the vendor's word says that nobody was missed, although nobody took it. */
  nobodyMissed?: true;
  /**
   * The message's own time, epoch ms by our clock: what the PBX held back for us tells when it was. Believed as far as it is no
   * later than the receipt. Absent where the message has none; then it is of its receipt.
   */
  toldAt?: number;
  /** Epoch seconds as the PBX wrote them; whether they mean UTC or local wall clock is the connection's setting. */
  startedEpochSeconds: number | null;
  /**
   * There where the message wrote the start out: with its offset from UTC (`utc`), or without one, which is the wall clock of
   * the connection encoded as if it were UTC (`local`). Then the setting for epochs says nothing.
   */
  startedBy?: 'utc' | 'local';
  /**
   * There where nobody documents which clock those seconds are of: they and the lengths count where they fit the time of
   * receipt.
   */
  startUnproven?: true;
  ringSeconds: number | null;
  queueSeconds: number | null;
  /** From the answer to the end; of a call that nobody took, what the PBX counts after ringing and waiting (an IVR, say). */
  talkSeconds: number | null;
  /** In a menu, before anything rang, where the PBX counts that apart. Absent means none. */
  menuSeconds?: number;
  from: string;
  /** `extension`: it came in a field of extensions, so it is no phone number, however it looks. Absent: who knows. */
  fromKind?: 'extension';
  to: string;
  toKind?: 'extension';
  did: string | null;
  extension: string | null;
  agent: Agent | null;
  queue: NamedId | null;
  /** There where the message tells that the caller begins to wait in that queue. */
  queued?: true;
  /** There where the message tells how long before it somebody had taken the call, ms: for where no word of that came. */
  takenAgoMs?: number;
  department: NamedId | null;
  price: Money | null;
  recordings: Recording[];
  ivrPath: IvrStep[];
  customData: Record<string, unknown>;
  transferOf: string | null;
  ai: unknown;
  /** Words of the vendor's that the dialect has no meaning for: its tables want another line. Absent means none. */
  unknownWords?: readonly UnknownWord[];
  /**
   * The vendor's names of fields whose values could not be read: the place of each is empty, and its text is in `raw`.
   * Absent means none.
   */
  unreadableFields?: readonly string[];
  /** Fields that the dialect does not know or could not place, under the names and with the values that they came with. */
  raw: Record<string, unknown>;
}
