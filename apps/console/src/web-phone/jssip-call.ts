import type { RTCSession } from 'jssip/lib/RTCSession';
import { IcePatience } from './ice-patience';
import type { CallEars, SipCall } from './sip-line';
import type { PhoneFault } from './phone-fault';
import type { PhoneSettings } from './phone-settings';

/** A message of SIP, as far as we read one. The library's own types of it want Node's. */
interface SipMessage {
  call_id?: string;
  status_code?: number;
  getHeader?: (name: string) => string | undefined;
}

/** The events of a session that we hear. */
interface SessionEvents {
  peerconnection: { peerconnection: RTCPeerConnection };
  icecandidate: { candidate: RTCIceCandidate; ready: () => void };
  sending: unknown;
  progress: { originator: string; response?: SipMessage | null };
  accepted: { originator: string; response?: SipMessage | null };
  ended: { originator: string; message?: SipMessage | null };
  failed: { originator: string; message?: SipMessage | null; cause: string };
  hold: { originator: string };
  unhold: { originator: string };
}

type Listen = <Name extends keyof SessionEvents>(
  name: Name,
  listener: (event: SessionEvents[Name]) => void,
) => void;

/** Causes that the library has for what went wrong in this browser. */
const OF_THIS_BROWSER: Readonly<Record<string, PhoneFault>> = {
  'WebRTC Error': 'no_audio',
  'User Denied Media Access': 'no_microphone',
  'Internal Error': 'no_audio',
};
const INFO_TONES = { duration: 120, interToneGap: 70 } as const;

export interface CallParts {
  session: RTCSession;
  request: SipMessage;
  settings: Pick<PhoneSettings, 'iceServers' | 'idHeader' | 'domain'>;
}

/** A call as JsSIP has it. */
export class JsSipCall implements SipCall {
  readonly callId: string;
  readonly id: string | null;
  readonly number: string;
  readonly name: string | null;
  private readonly session: RTCSession;
  private readonly patience: IcePatience;
  private declinedWith: number | undefined;

  constructor(private readonly parts: CallParts) {
    const { session, request, settings } = parts;
    this.session = session;
    this.callId = request.call_id ?? session.id;
    this.id = isIncoming(session) ? this.idIn(request) : null;
    const { uri, display_name: name } = session.remote_identity as unknown as {
      uri: { user: string | null };
      display_name: string | null;
    };
    this.number = uri.user ?? '';
    this.name = name === '' ? null : name;
    this.patience = new IcePatience(settings.iceServers);
  }

  listen(ears: CallEars): void {
    const on = this.session.on.bind(this.session) as unknown as Listen;
    const audio = (connection: RTCPeerConnection): void => {
      connection.addEventListener('track', ({ track, streams: [stream = new MediaStream([track])] }) => {
        ears.heard(stream);
      });
    };
    // Of a call of ours it is there before anybody could listen.
    const { connection } = this;
    if (connection !== null) audio(connection);
    on('peerconnection', ({ peerconnection }) => {
      audio(peerconnection);
    });
    on('icecandidate', ({ candidate, ready }) => {
      this.patience.candidate(candidate, ready);
    });
    on('sending', () => {
      ears.sent();
    });
    on('progress', ({ originator, response }) => {
      if (originator === 'remote') ears.progress(this.idIn(response));
    });
    on('accepted', ({ originator, response }) => {
      ears.sent();
      ears.answered(originator === 'remote' ? this.idIn(response) : null);
    });
    on('hold', ({ originator }) => {
      ears.held(sideOf(originator), true);
    });
    on('unhold', ({ originator }) => {
      ears.held(sideOf(originator), false);
    });
    this.listenToEnds(on, ears);
  }

  private listenToEnds(on: Listen, ears: CallEars): void {
    on('ended', ({ originator }) => {
      this.patience.stop();
      ears.over(sideOf(originator), null);
    });
    on('failed', ({ originator, message, cause }) => {
      this.patience.stop();
      const why = OF_THIS_BROWSER[cause];
      if (why !== undefined) ears.broken(why);
      else ears.over(sideOf(originator), this.declinedWith ?? message?.status_code ?? null);
    });
  }

  answer(microphone: MediaStream): void {
    this.session.answer({ mediaStream: microphone, pcConfig: pcConfigOf(this.parts.settings) });
  }

  hangUp(code?: number): void {
    if (this.session.isEnded()) return;
    const declines = isIncoming(this.session) && !this.session.isEstablished();
    if (!declines || code === undefined) {
      this.session.terminate();
      return;
    }
    this.declinedWith = code;
    this.session.terminate({ status_code: code });
  }

  mute(): void {
    this.session.mute({ audio: true });
  }

  unmute(): void {
    this.session.unmute({ audio: true });
  }

  hold(): void {
    this.session.hold();
  }

  unhold(): void {
    this.session.unhold();
  }

  /** As RFC 4733 has it where the other side offers that, else by INFO. */
  dtmf(tones: string): void {
    const sender = this.connection?.getSenders().find(({ dtmf }) => dtmf?.canInsertDTMF === true);
    if (sender?.dtmf == null) this.session.sendDTMF(tones, INFO_TONES);
    else sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + tones, INFO_TONES.duration, INFO_TONES.interToneGap);
  }

  transfer(number: string, told: (isTaken: boolean) => void): void {
    const taken = (): void => {
      told(true);
    };
    const refused = (): void => {
      told(false);
    };
    const eventHandlers = {
      requestSucceeded: () => undefined,
      requestFailed: refused,
      accepted: taken,
      failed: refused,
    };
    this.session.refer(`sip:${encodeURIComponent(number)}@${this.parts.settings.domain}`, { eventHandlers });
  }

  async speakInto(microphone: MediaStream): Promise<void> {
    const [track] = microphone.getAudioTracks();
    const sender = this.connection?.getSenders().find(({ track: before }) => before?.kind === 'audio');
    if (track === undefined || sender === undefined) return;
    track.enabled = sender.track?.enabled ?? true;
    await sender.replaceTrack(track);
  }

  /** Null before there is one, though the library's types say that there always is. */
  private get connection(): RTCPeerConnection | null {
    return this.session.connection;
  }

  private idIn(message: SipMessage | null | undefined): string | null {
    const value = message?.getHeader?.(this.parts.settings.idHeader)?.trim();
    return value === undefined || value === '' ? null : value;
  }
}

/** Its enum is only in the library's types. */
function isIncoming({ direction }: RTCSession): boolean {
  return direction.valueOf() === 'incoming';
}

/** No bundle policy: the strictest one breaks against media proxies that answer without a bundle. */
export function pcConfigOf({ iceServers }: Pick<PhoneSettings, 'iceServers'>): RTCConfiguration {
  return { iceServers: [...iceServers] };
}

/** What neither of us did, such as a network that is gone, is not ours. */
function sideOf(originator: string): 'us' | 'them' {
  return originator === 'local' ? 'us' : 'them';
}
