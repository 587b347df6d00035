import type { PhoneMedia } from './phone-media';
import type { PhoneSettings } from './phone-settings';
import type { CallEars, LineEars, SipCall, SipLine } from './sip-line';

/** A call of a PBX that does what a test says, and keeps what it was told. */
export class ScriptedCall implements SipCall {
  readonly told: string[] = [];
  name: string | null = null;
  ears!: CallEars;

  constructor(
    readonly callId: string,
    readonly id: string | null,
    readonly number: string,
  ) {}

  listen(ears: CallEars): void {
    this.ears = ears;
  }
  answer(): void {
    this.told.push('answer');
  }
  hangUp(code?: number): void {
    this.told.push(`hang up ${code ?? ''}`.trim());
    this.ears.over('us', code ?? null);
  }
  mute(): void {
    this.told.push('mute');
  }
  unmute(): void {
    this.told.push('unmute');
  }
  hold(): void {
    this.told.push('hold');
    this.ears.held('us', true);
  }
  unhold(): void {
    this.told.push('unhold');
    this.ears.held('us', false);
  }
  dtmf(tones: string): void {
    this.told.push(`dtmf ${tones}`);
  }
  transfer(number: string, told: (isTaken: boolean) => void): void {
    this.told.push(`transfer ${number}`);
    told(number !== '999');
  }
  async speakInto(): Promise<void> {
    this.told.push('another microphone');
  }
}

/** A line of such a PBX. */
export class ScriptedLine implements SipLine {
  readonly calls: ScriptedCall[] = [];
  readonly told: string[] = [];

  constructor(
    readonly settings: PhoneSettings,
    readonly ears: LineEars,
  ) {}

  start(): void {
    this.told.push('start');
  }
  register(): void {
    this.told.push('register');
  }
  stop(): void {
    this.told.push('stop');
  }
  call(number: string): ScriptedCall {
    if (number === 'no number') throw new TypeError(number);
    const call = new ScriptedCall(`sip-${this.calls.length}`, null, number);
    this.calls.push(call);
    return call;
  }
  /** Somebody calls. */
  rings(id: string | null, number = '0501234567'): ScriptedCall {
    const call = new ScriptedCall(`sip-${this.calls.length}`, id, number);
    this.calls.push(call);
    this.ears.rings(call);
    return call;
  }
}

/** A browser whose microphones are counted. */
export class ScriptedMedia implements PhoneMedia {
  open = 0;
  isAllowed = true;
  isSoundAllowed = true;
  readonly asked: (string | null)[] = [];

  async microphone(device: string | null): Promise<MediaStream> {
    this.asked.push(device);
    if (!this.isAllowed) throw new DOMException('no', 'NotAllowedError');
    this.open += 1;
    const stop = (): void => {
      this.open -= 1;
    };
    return { getTracks: () => [{ stop }], getAudioTracks: () => [] } as unknown as MediaStream;
  }
  play(): ReturnType<PhoneMedia['play']> {
    return { begun: Promise.resolve(this.isSoundAllowed), moveTo: () => undefined, stop: () => undefined };
  }
  async devices(): ReturnType<PhoneMedia['devices']> {
    return [{ id: 'mic-2', kind: 'microphone', label: 'Headset' }];
  }
}
