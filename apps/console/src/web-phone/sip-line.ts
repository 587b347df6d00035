import type { PhoneFault } from './phone-fault';

/** What a line tells of itself. */
export interface LineEars {
  /** The socket is open, or is so again. */
  connected: () => void;
  /** It is not, and will be tried again. */
  disconnected: () => void;
  registered: () => void;
  /** The PBX no longer rings us, though the socket may be open. */
  unregistered: () => void;
  /** @param code  the SIP status that refused us, null where there was no answer */
  refused: (code: number | null) => void;
  rings: (call: SipCall) => void;
}

/** What a call tells of itself. Nothing comes after `over` or `broken`. */
export interface CallEars {
  /** The INVITE, or the answer to one, has gone out. */
  sent(): void;
  /** The other side rings. @param id  by which the PBX knows the call, where it says so */
  progress(id: string | null): void;
  answered(id: string | null): void;
  over(by: 'us' | 'them', code: number | null): void;
  /** Something of this browser failed. */
  broken(why: PhoneFault): void;
  heard(audio: MediaStream): void;
  held(by: 'us' | 'them', isHeld: boolean): void;
}

/** A call at the border of the SIP library. */
export interface SipCall {
  /** SIP's own name of it. */
  callId: string;
  /** By which the PBX knows it, where the INVITE said so. */
  id: string | null;
  number: string;
  name: string | null;
  listen(ears: CallEars): void;
  answer(microphone: MediaStream): void;
  /** @param code  with which a call that rings is declined */
  hangUp(code?: number): void;
  mute(): void;
  unmute(): void;
  hold(): void;
  unhold(): void;
  dtmf(tones: string): void;
  /** Blind: the other side calls there, and our part is over when it has been told. @param told  whether it took the order */
  transfer(number: string, told: (isTaken: boolean) => void): void;
  /** Another microphone, in the middle of the call. */
  speakInto(microphone: MediaStream): Promise<void>;
}

/** One registration with a PBX. Behind it is the SIP library, in tests a script. */
export interface SipLine {
  start(): void;
  /** Once more, after it was refused. */
  register(): void;
  /** Unregisters, hangs up and closes the socket. */
  stop(): void;
  call(number: string, microphone: MediaStream): SipCall;
}
