import { holdLine } from './hold-line';
import { keepRelays } from './keep-relays';
import type { PhoneFault } from './phone-fault';
import type { PhoneDevice, PhoneMedia } from './phone-media';
import { readPhoneSettings, type GivenSettings, type PhoneSettings } from './phone-settings';
import type { PhoneCall, PhoneState } from './phone-state';
import { WebPhone, type PhoneNews, type WebPhoneParts } from './web-phone';

type TellsId = (id: string) => void;

export interface VoicenterParts extends WebPhoneParts {
  media: PhoneMedia;
  /** The settings of whoever is signed in; undefined where nobody is. */
  ownSettings: () => Promise<GivenSettings | undefined>;
  /** What the tag of the script says of them. */
  tagSettings: GivenSettings;
}

/**
 * A phone as pages of the vendor's customers use one. Source: seed 003, section 11: the methods `initiate` to `unmute` and the
 * callbacks, which are read when their event comes, so that they may be set at any time. The rest is ours.
 */
export class VoicenterWebPhone {
  onRegister?: () => void;
  onInitiateFailed?: (why: string) => void;
  onRegisterFailed?: (code: number | null) => void;
  onDisconnect?: () => void;
  onRinging?: TellsId;
  onCall?: TellsId;
  onCallEnd?: TellsId;
  onCallFailed?: (id: string, why: PhoneFault | null) => void;
  onCallRejected?: TellsId;
  onCallAnswer?: TellsId;
  /** Ours: whatever changed. */
  onState?: (state: PhoneState) => void;

  private readonly phone: WebPhone;
  private letGo: () => void = () => undefined;
  private forgetRelays: () => void = () => undefined;
  /** The newest `initiate` or `destroy`: what an older one still waits for is nobody's any more. */
  private latest = Symbol('begun');

  constructor(private readonly parts: VoicenterParts) {
    this.phone = new WebPhone(parts);
    this.phone.listen((news) => {
      this.hear(news);
    });
    this.phone.watch(() => this.onState?.(this.phone.state));
  }

  /** @param given  what is left out comes from the script's tag, or from the server for whoever is signed in there */
  async initiate(given: GivenSettings = {}): Promise<void> {
    this.destroy();
    const { latest } = this;
    const { all, hasOwnRelays } = await this.complete(given);
    if (this.latest !== latest) return;
    const settings = readPhoneSettings(all);
    if (typeof settings === 'string') {
      this.onInitiateFailed?.(settings);
      return;
    }
    if (hasOwnRelays) this.forgetRelays = this.keepRelaysOf(settings);
    this.letGo = holdLine(`${settings.user}@${settings.domain}`, {
      ours: () => {
        this.phone.start(settings);
      },
      taken: () => {
        this.phone.stop();
      },
    });
  }

  call(number: string | number): Promise<string | null> {
    return this.phone.call(String(number));
  }

  answer(id?: string): Promise<void> {
    return this.phone.answer(id);
  }

  hangUp(id?: string): void {
    this.phone.hangUp(id);
  }

  mute(id?: string): void {
    this.phone.mute(id);
  }

  unmute(id?: string): void {
    this.phone.unmute(id);
  }

  hold(id?: string): void {
    this.phone.hold(id);
  }

  unhold(id?: string): void {
    this.phone.unhold(id);
  }

  dtmf(tones: string | number, id?: string): void {
    this.phone.dtmf(String(tones), id);
  }

  transfer(number: string | number, id?: string): Promise<boolean> {
    return this.phone.transfer(String(number), id);
  }

  devices(): Promise<PhoneDevice[]> {
    return this.parts.media.devices();
  }

  useDevices(devices: { microphone?: string | null; speaker?: string | null }): Promise<void> {
    return this.phone.useDevices(devices);
  }

  audioOf(id?: string): MediaStream | null {
    return this.phone.audioOf(id);
  }

  get state(): PhoneState {
    return this.phone.state;
  }

  /** Hangs up, unregisters, and lets another tab have the line. */
  destroy(): void {
    this.latest = Symbol('begun');
    this.phone.stop();
    this.letGo();
    this.letGo = () => undefined;
    this.forgetRelays();
    this.forgetRelays = () => undefined;
  }

  private async complete(given: GivenSettings): Promise<{ all: GivenSettings; hasOwnRelays: boolean }> {
    const said = { ...this.parts.tagSettings, ...given };
    if (typeof readPhoneSettings(said) !== 'string') return { all: said, hasOwnRelays: false };
    const own = await this.parts.ownSettings().catch(() => undefined);
    return { all: { ...own, ...said }, hasOwnRelays: own !== undefined && said.iceServers === undefined };
  }

  /** For the line that there is, and for one that this tab gets later. */
  private keepRelaysOf(settings: PhoneSettings): () => void {
    return keepRelays({
      ask: this.parts.ownSettings,
      use: (iceServers) => {
        settings.iceServers = iceServers;
        this.phone.useIceServers(iceServers);
      },
      now: this.parts.now,
    });
  }

  private hear(news: PhoneNews): void {
    switch (news.kind) {
      case 'registered':
        return this.onRegister?.();
      case 'registerFailed':
        return this.onRegisterFailed?.(news.code);
      case 'initiateFailed':
        return this.onInitiateFailed?.(news.why);
      case 'disconnected':
        return this.onDisconnect?.();
      case 'call':
        this.hearOfCall(news.call);
    }
  }

  private hearOfCall({ id, state, why }: PhoneCall): void {
    switch (state) {
      case 'ringing':
        return this.onRinging?.(id);
      case 'calling':
        return this.onCall?.(id);
      case 'answered':
        return this.onCallAnswer?.(id);
      case 'ended':
        return this.onCallEnd?.(id);
      case 'failed':
        return this.onCallFailed?.(id, why);
      case 'rejected':
        this.onCallRejected?.(id);
    }
  }
}
