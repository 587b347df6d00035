import { UA, WebSocketInterface } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import { JsSipCall, pcConfigOf } from './jssip-call';
import type { PhoneSettings } from './phone-settings';
import type { LineEars, SipCall, SipLine } from './sip-line';

/** It is renewed after half of this and a bit: before the minute after which proxies close a silent socket. */
const REGISTERED_SECONDS = 90;
const RECONNECT_SECONDS = { least: 1, most: 30 } as const;

interface NewSession {
  originator: string;
  session: RTCSession;
  request: { call_id?: string; getHeader?: (name: string) => string | undefined };
}

type Listen = <Event>(name: string, listener: (event: Event) => void) => void;

/** Registers with a PBX by JsSIP, which reconnects its socket by itself, slower and slower. @throws where the settings are no SIP address */
export class JsSipLine implements SipLine {
  private readonly ua: UA;
  private outgoing: NewSession | undefined;

  constructor(
    private readonly settings: PhoneSettings,
    ears: LineEars,
  ) {
    const { user, password, wsUrl, domain } = settings;
    this.ua = new UA({
      sockets: [new WebSocketInterface(wsUrl)],
      uri: `sip:${user}@${domain}`,
      password,
      register_expires: REGISTERED_SECONDS,
      connection_recovery_min_interval: RECONNECT_SECONDS.least,
      connection_recovery_max_interval: RECONNECT_SECONDS.most,
      // Not every PBX takes UPDATE, and refreshing by INVITE is a chance to lose the audio.
      session_timers: false,
      user_agent: 'Switchhook web phone',
    });
    this.listen(ears);
  }

  private listen(ears: LineEars): void {
    const on = this.ua.on.bind(this.ua) as unknown as Listen;
    on('connected', () => {
      ears.connected();
    });
    on('disconnected', () => {
      ears.disconnected();
    });
    on('registered', () => {
      ears.registered();
    });
    on('unregistered', () => {
      ears.unregistered();
    });
    on<{ response: { status_code: number } | null }>('registrationFailed', ({ response }) => {
      ears.refused(response?.status_code ?? null);
    });
    on<NewSession>('newRTCSession', (made) => {
      // The library knows no call of ours before this, and tells it while `call` runs.
      if (made.originator === 'local') this.outgoing = made;
      else ears.rings(this.callOf(made));
    });
  }

  start(): void {
    this.ua.start();
  }

  register(): void {
    this.ua.register();
  }

  stop(): void {
    this.ua.stop();
  }

  call(number: string, microphone: MediaStream): SipCall {
    this.outgoing = undefined;
    const session = this.ua.call(number, { mediaStream: microphone, pcConfig: pcConfigOf(this.settings) });
    const made = this.outgoing as NewSession | undefined;
    return this.callOf(made ?? { originator: 'local', session, request: {} });
  }

  private callOf({ session, request }: NewSession): SipCall {
    return new JsSipCall({ session, request, settings: this.settings });
  }
}
